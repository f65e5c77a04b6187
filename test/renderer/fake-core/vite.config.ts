import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig, mergeConfig } from 'vite'
import product from '../../../vite.config.ts'

/** The screens with a fake core, to look at while building them: `vite build -c test/renderer/fake-core/vite.config.ts` and `vite preview`. Never part of the product. */
export default mergeConfig(
  product,
  defineConfig({
    root: import.meta.dirname,
    build: { outDir: path.join(tmpdir(), 'yaogui-fake-screens') },
    preview: {
      headers: {
        'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'",
      },
    },
  }),
)

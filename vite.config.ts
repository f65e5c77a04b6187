import path from 'node:path'
import { defineConfig } from 'vite'

/** The renderer alone; electron/ is bundled by build/bundle.mjs. Both shells serve it from their root under a policy that allows nothing inline. */
export default defineConfig({
  root: path.join(import.meta.dirname, 'renderer'),
  base: '/',
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // font-src 'self' allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
  },
})

import path from 'node:path'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/**
 * antd's style sheet is ready-made (zeroRuntime), but its parts still write <style> elements to hold tokens, lock scrolling and measure scroll bars.
 * `style-src 'self'` refuses each with a report: here they get an element that is in no document.
 */
export const noRuntimeCss = (): Plugin => ({
  name: 'no-runtime-css',
  enforce: 'pre',
  transform: (_code, id) =>
    /@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/.test(id.split('?', 1)[0] ?? '')
      ? {
          code: `const loose = () => document.createElement('style')
export const injectCSS = loose
export const updateCSS = loose
export const removeCSS = () => {}
export const clearContainerCache = () => {}`,
          map: null,
        }
      : null,
})

/** The renderer alone; electron/ is bundled by build/bundle.mjs. Both shells serve it from their root under a policy that allows nothing inline. */
export default defineConfig({
  root: path.join(import.meta.dirname, 'renderer'),
  base: '/',
  plugins: [noRuntimeCss()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // font-src 'self' allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
    // 'use client' means nothing here.
    rolldownOptions: {
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
      },
    },
  },
})

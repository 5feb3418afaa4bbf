import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `vite build -c vite.renderer.config.ts`: the studio's pages in dist/renderer, for the desktop's protocol and the server's door alike. */
export default defineConfig({
  root: 'renderer',
  base: './',
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: ['chrome140', 'firefox140', 'safari18'],
    // Inlined files would be data: URLs, which the policy of the pages refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      // What the first screen needs comes in one piece: sixty small ones cost a request each.
      output: { codeSplitting: { groups: [{ name: 'studio', tags: ['$initial'] }] } },
    },
  },
  worker: { format: 'es' },
  plugins: [react()],
})

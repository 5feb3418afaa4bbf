import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const FIRST_TAB = /\/renderer\/features\/home\/HomeTab\.tsx$/

/** Asks for the first tab beside the studio, not after it. */
function firstTab(): Plugin {
  return {
    name: 'first-tab',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const tab = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.moduleIds.some((id) => FIRST_TAB.test(id)),
        )
        if (tab === undefined) throw new Error('the first tab is not in the bundle')
        return [
          {
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${tab.fileName}` },
            injectTo: 'head',
          },
        ]
      },
    },
  }
}

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
      output: {
        codeSplitting: {
          groups: [
            // A script by itself, which runs while the next is being read.
            { name: 'early', test: /\/renderer\/app\/early\/(?!texts-)|preload-helper/, priority: 2 },
            // What the first screen needs comes in one piece: sixty small ones cost a request each.
            { name: 'studio', tags: ['$initial'], priority: 1 },
            { name: 'home', test: /\/renderer\/features\/home\/(?!index)/ },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  plugins: [react(), firstTab()],
})

import { defineConfig } from 'vite'

/** The bridge: dist/preload/preload.cjs, one CommonJS file, since a sandboxed preload script can load Electron only. */
export default defineConfig({
  build: {
    outDir: 'dist/preload',
    emptyOutDir: true,
    target: 'chrome140',
    ssr: 'preload/preload.ts',
    minify: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: ['electron'] },
})

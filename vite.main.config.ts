import { builtinModules } from 'node:module'
import { defineConfig } from 'vite'

const BUILT_IN = new Set(builtinModules)

/** Electron's main process: dist/main/main.js, everything but Electron in it. */
export default defineConfig({
  build: {
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    ssr: 'main/main.ts',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      external: (id) => id === 'electron' || id.startsWith('node:') || BUILT_IN.has(id),
      output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: ['electron'] },
})

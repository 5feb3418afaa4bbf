import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig, mergeConfig, type Plugin } from 'vite'
import { nodeProgram } from './vite.config.ts'

/** Modules look for what lies beside them in the checkout: they stay where they are, only their code is moved. */
function inPlace(): Plugin {
  return {
    name: 'in-place',
    transform(code, id) {
      if (!code.includes('import.meta.')) return undefined
      const known = { dirname: dirname(id), filename: id, url: pathToFileURL(id).href }
      return code.replaceAll(/\bimport\.meta\.(dirname|filename|url)\b/g, (_, name: keyof typeof known) =>
        JSON.stringify(known[name]),
      )
    },
  }
}

/** The command line of this checkout in a few files: loading over a thousand is most of what `npm start` would wait for. */
export default defineConfig(
  mergeConfig(nodeProgram, {
    build: {
      outDir: '.cache/server',
      emptyOutDir: true,
      sourcemap: false,
      rolldownOptions: {
        input: { 'command-line': 'engine/host/cli/command-line.ts', terminal: 'engine/host/cli/terminal.ts' },
      },
    },
    plugins: [inPlace()],
  }),
)

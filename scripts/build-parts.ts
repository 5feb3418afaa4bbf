import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { passTool, ROOT } from './checks/run-tool.ts'

/** What is built of the studio: how, from which folders and files, into which file. */
const PARTS = {
  engine: { config: 'vite.config.ts', from: ['engine', 'resources/sample'], to: 'dist/engine/host/desktop/main.js' },
  main: { config: 'vite.main.config.ts', from: ['main', 'preload', 'engine/contract'], to: 'dist/main/main.js' },
  preload: { config: 'vite.preload.config.ts', from: ['preload'], to: 'dist/preload/preload.cjs' },
  renderer: {
    config: 'vite.renderer.config.ts',
    from: ['renderer', 'engine/contract', 'preload'],
    to: 'dist/renderer/index.html',
  },
  /** Of the command line, for `npm start` in a browser. */
  server: {
    config: 'vite.server.config.ts',
    from: ['engine', 'package-lock.json'],
    to: '.cache/server/command-line.js',
  },
} as const
export type Part = keyof typeof PARTS
/** Of the desktop. */
export const ALL_PARTS: readonly Part[] = ['engine', 'main', 'preload', 'renderer']
/** The built command line: what `command-line.ts` and `terminal.ts` of the engine's export. */
export const SERVER = { commandLine: join(ROOT, PARTS.server.to), terminal: join(ROOT, '.cache/server/terminal.js') }

/** Builds those of `parts` whose sources are newer than what was built of them. */
export async function buildStale(parts: readonly Part[]): Promise<void> {
  for (const part of parts) {
    const { config, from, to } = PARTS[part]
    const builtAt = statSync(join(ROOT, to), { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (builtAt > lastChange([config, ...from])) continue
    console.log(`Building ${part}…`)
    if ((await passTool('vite', ['build', '-c', config, '--logLevel', 'warn'])) !== 0) {
      throw new Error(`${part} cannot be built`)
    }
  }
}

/** Of everything in these places. Not asynchronous: over a thousand small questions are answered sooner one after another. */
function lastChange(places: readonly string[]): number {
  return places.reduce((last, place) => Math.max(last, changedIn(join(ROOT, place))), 0)
}

function changedIn(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  // The folder itself as well: it tells of what was taken away.
  return readdirSync(path).reduce((last, name) => Math.max(last, changedIn(join(path, name))), found.mtimeMs)
}

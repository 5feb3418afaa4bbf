import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { passTool, ROOT } from './checks/run-tool.ts'

/** What is built of the studio: how, from which folders, into which file. */
const PARTS = {
  engine: { config: 'vite.config.ts', from: ['engine', 'resources/sample'], to: 'dist/engine/host/desktop/main.js' },
  main: { config: 'vite.main.config.ts', from: ['main', 'preload', 'engine/contract'], to: 'dist/main/main.js' },
  preload: { config: 'vite.preload.config.ts', from: ['preload'], to: 'dist/preload/preload.cjs' },
  renderer: {
    config: 'vite.renderer.config.ts',
    from: ['renderer', 'engine/contract', 'preload'],
    to: 'dist/renderer/index.html',
  },
} as const
export type Part = keyof typeof PARTS
export const ALL_PARTS: readonly Part[] = ['engine', 'main', 'preload', 'renderer']

/** Builds those of `parts` whose sources are newer than what was built of them. */
export async function buildStale(parts: readonly Part[]): Promise<void> {
  for (const part of parts) {
    const { config, from, to } = PARTS[part]
    const [builtAt, changedAt] = await Promise.all([
      stat(join(ROOT, to)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
      lastChange([...from]),
    ])
    if (builtAt > changedAt) continue
    console.log(`Building ${part}…`)
    if ((await passTool('vite', ['build', '-c', config, '--logLevel', 'warn'])) !== 0) {
      throw new Error(`${part} cannot be built`)
    }
  }
}

async function lastChange(folders: readonly string[]): Promise<number> {
  const times = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(ROOT, folder), { recursive: true })
      return Promise.all(names.map(async (name) => (await stat(join(ROOT, folder, name))).mtimeMs))
    }),
  )
  return times.flat().reduce((last, time) => Math.max(last, time), 0)
}

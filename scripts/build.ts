/** `npm run build`: the command line with its engine, the desktop's parts and the pages as plain JavaScript in dist/. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { passTool, ROOT } from './checks/run-tool.ts'

const CONFIGS = ['vite.config.ts', 'vite.main.config.ts', 'vite.preload.config.ts', 'vite.renderer.config.ts']

await rm(join(ROOT, 'dist'), { recursive: true, force: true })
for (const config of CONFIGS) {
  const exit = await passTool('vite', ['build', '--config', config])
  if (exit !== 0) {
    process.exitCode = exit
    break
  }
}

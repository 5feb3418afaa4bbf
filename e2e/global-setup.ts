import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installChromium } from './install-chromium.ts'

const ROOT = join(import.meta.dirname, '..')

/** What every flow needs: a browser, and the pages as they are now. */
export default async function setup(): Promise<void> {
  await installChromium()
  for (const config of CONFIGS) build(config)
}

/** The engine and the desktop's parts, and the pages. */
const CONFIGS = ['vite.config.ts', 'vite.main.config.ts', 'vite.preload.config.ts', 'vite.renderer.config.ts']

function build(config: string): void {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', '-c', config, '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The test runner's own NODE_ENV, `test`, would be built in: antd then gives every dialog the same id, and a wrong name.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (built.status !== 0) throw new Error(`${config} cannot be built: vite ended with ${built.status}`)
}

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installChromium } from './install-chromium.ts'

const ROOT = join(import.meta.dirname, '..')

/** What every flow needs: a browser, and the pages as they are now. */
export default async function setup(): Promise<void> {
  await installChromium()
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', '-c', 'vite.renderer.config.ts', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (built.status !== 0) throw new Error(`the pages cannot be built: vite ended with ${built.status}`)
}

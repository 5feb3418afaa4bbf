import '../engine/os/thread-pool.ts'
import { access, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './checks/run-tool.ts'

// `npm start`: the desktop app where Electron's binary and a display are there, else the same studio in a browser.

const electron = await electronProgram()
await mkdir(join(ROOT, '.cache'), { recursive: true })
if (electron === undefined) {
  const { serveBrowsers } = await import('./start/serve-browsers.ts')
  await serveBrowsers()
} else {
  const { openDesktop } = await import('./start/open-desktop.ts')
  await openDesktop(electron)
}

/** Undefined without a display, or where the binary was never fetched: asking the package for it would download it. */
async function electronProgram(): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return undefined
  const folder = join(ROOT, 'node_modules/electron')
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => undefined)
  if (name === undefined) return undefined
  const program = join(folder, 'dist', name.trim())
  return access(program).then(
    () => program,
    () => undefined,
  )
}

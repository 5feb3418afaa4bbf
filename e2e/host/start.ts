import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { url as inspectorUrl, open as openInspector } from 'node:inspector'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hosting } from './api/browser-window.ts'
import { limitToArchive } from './archive-limits.ts'
import type { CdpConnection } from './cdp.ts'
import { startChromium } from './chromium.ts'
import { app, ipcMain, schemes, session } from './electron.ts'
import { refuseNode } from './refuse-node.ts'

// `electron [switches] FOLDER [arguments]`: Chromium first, so that both lines Playwright waits for are there; then the app's main.

const argv = process.argv.slice(2)
const at = argv.findIndex((one) => !one.startsWith('-'))
const folder = resolve(argv[at] ?? '.')
const switches = argv.slice(0, at)
const given = argv.slice(at + 1)
const named = [...switches, ...given].find((one) => one.startsWith('--user-data-dir='))?.split('=')[1]
const userData = resolve(named ?? join(tmpdir(), `runnel-electron-${process.pid}`))
mkdirSync(userData, { recursive: true })

const own = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: own, shortCircuit: true } : next(specifier, context),
})

const manifest: { main: string; version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
// Electron hides its own part of the command line from nobody; the app sees it whole.
process.argv = [process.argv[0] ?? '', ...argv]
if (switches.includes('--inspect=0') && inspectorUrl() === undefined) openInspector(0, '127.0.0.1')

app.configure({ userData, argv: process.argv, version: manifest.version }, quit)
const isFirst = await app.settleInstance()
// A second instance has nothing to show: it goes when the app asks for the lock, as Electron's does.
const chromium = isFirst ? await startChromium(join(userData, 'Chromium')) : undefined
if (chromium !== undefined) {
  process.stderr.write(`${chromium.line}\n`)
  chromium.process.on('exit', () => process.exit(0))
  await schemes.listen()
  await closePopUps(chromium.connection)
  hosting.current = { connection: chromium.connection, schemes, ipcMain, session: session.defaultSession }
}
refuseNode()
limitToArchive(folder)
// Its utility processes are told.
process.env['RUNNEL_STANDIN_APP'] = folder
await import(pathToFileURL(join(folder, manifest.main)).href)
setImmediate(() => app.becomeReady())
process.on('SIGTERM', () => app.quit())
process.on('SIGINT', () => app.quit())

async function quit(code: number): Promise<void> {
  if (chromium === undefined) process.exit(code)
  chromium.process.removeAllListeners('exit')
  chromium.process.once('exit', () => process.exit(code))
  setTimeout(() => chromium.process.kill('SIGKILL'), 2_000)
  await chromium.connection.browser.send('Browser.close').catch(() => undefined)
}

/** A page gets no window of its own: what Chromium opened for it is closed at once. */
async function closePopUps({ browser }: CdpConnection): Promise<void> {
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return
    void browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
}

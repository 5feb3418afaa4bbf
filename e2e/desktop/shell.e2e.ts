import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DesktopStudio, desktopArguments, electronProgram, openDesktop } from '../fixtures/desktop-studio.ts'

/** Runs in the page: asks for a port without a workspace and gives its first message. */
const firstMessage = (): Promise<unknown> =>
  new Promise((resolve) => {
    const request = crypto.randomUUID()
    window.addEventListener('message', ({ data, ports }) => {
      const [port] = ports
      if (data?.request !== request || port === undefined) return
      port.addEventListener('message', (event) => resolve(event.data))
      port.start()
    })
    Reflect.get(window, 'runnelHost').requestPort(request, undefined)
  })

describe('the desktop window', () => {
  let studio: DesktopStudio
  beforeAll(async () => {
    studio = await openDesktop()
  })
  afterAll(() => studio[Symbol.asyncDispose]())

  it('shows our page, isolated from Node and from its bridge', async () => {
    const { page, app } = studio
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe(
      'app://runnel/index.html',
    )
    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
      isFrozen: Object.isFrozen(Reflect.get(window, 'runnelHost')),
      kind: Reflect.get(window, 'runnelHost').kind,
    }))
    expect(seen).toEqual({ node: [], isFrozen: true, kind: 'desktop' })
  })

  it('runs no inline script and no eval', async () => {
    const ran = await studio.page.evaluate(async () => {
      const violated = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        }),
      )
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.head.append(script)
      return { ran: 'inlineRan' in window, directive: await violated }
    })
    expect(ran).toEqual({ ran: false, directive: 'script-src-elem' })
  })

  it('stays where it is, whatever the page tries', async () => {
    const { page, app } = studio
    await page.evaluate(() => {
      location.href = 'http://127.0.0.1:9/'
    })
    await page.evaluate(() => void window.open('http://127.0.0.1:9/'))
    await expect.poll(() => app.windows().length).toBe(1)
    expect(await page.title()).toBe('Runnel')
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toMatch(
      /^app:\/\/runnel\//,
    )
  })

  it.each(['notifications', 'geolocation', 'camera', 'microphone'])('is denied %s', async (name) => {
    const state = await studio.page.evaluate(
      async (asked) => (await navigator.permissions.query({ name: asked as PermissionName })).state,
      name,
    )
    expect(state).toBe('denied')
  })

  it('does not answer a frame that is not ours', async () => {
    const answered = await studio.app.evaluate(({ ipcMain }) => {
      let count = 0
      const sender = { postMessage: () => (count += 1) }
      const senderFrame = { url: 'https://example.org/', parent: null }
      ipcMain.emit('runnel:request-port', { sender, senderFrame }, { request: 'x' })
      return count
    })
    expect(answered).toBe(0)
  })

  it('asks the engine over a port of its own', async () => {
    expect(await studio.page.evaluate(firstMessage)).toBe('ready')
    await expect.poll(() => studio.page.getByRole('navigation').count()).toBeGreaterThan(0)
  })

  it('says that the engine died, and has another one', async () => {
    const { page } = studio
    await page.evaluate(() => {
      const states: string[] = []
      Reflect.set(window, 'states', states)
      Reflect.get(window, 'runnelHost').onEngineState((state: string) => states.push(state))
    })
    await killEngine(studio)
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'states')))
      .toEqual(['serving', 'restarting', 'serving'])
    expect(await page.evaluate(firstMessage)).toBe('ready')
  })

  it('opens a link that a second start brings, and stays the only one', async () => {
    const { page, userData } = studio
    await page.evaluate(() => {
      Reflect.get(window, 'runnelHost').onOpening((opening: unknown) => Reflect.set(window, 'opening', opening))
    })
    const link = 'runnel://open?workspace=%2Fno%2Fsuch&pipeline=orders'
    const second = spawn(electronProgram, ['--no-sandbox', ...desktopArguments(userData, [link])], { stdio: 'ignore' })
    const [code] = await once(second, 'exit')
    expect(code).toBe(0)
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'opening')))
      .toEqual({ workspace: '/no/such', show: { kind: 'pipeline', name: 'orders' } })
  })
})

it('finds its window where it was left', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'runnel-desktop-'))
  const place = { x: 40, y: 60, width: 1_000, height: 700 }
  {
    await using studio = await openDesktop({ userData })
    await studio.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place)
  }
  expect(JSON.parse(await readFile(join(userData, 'window.json'), 'utf8'))).toEqual({
    bounds: place,
    isMaximized: false,
  })
  await using again = await openDesktop({ userData })
  expect(await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(place)
})

/** As the system would. */
async function killEngine({ processes }: DesktopStudio): Promise<void> {
  const [engine] = await processes('engine')
  if (engine === undefined) throw new Error('no engine runs')
  process.kill(engine, 'SIGKILL')
}

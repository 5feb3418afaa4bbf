import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
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

  it('sends no form, to whomever', async () => {
    const directive = await studio.page.evaluate(async () => {
      const violated = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        }),
      )
      const form = document.createElement('form')
      document.body.append(form)
      form.submit()
      return violated
    })
    expect(directive).toBe('form-action')
  })

  it('stays where it is, whatever the page tries', async () => {
    const { page, app } = studio
    await using elsewhere = await foreignSite()
    await page.evaluate('window.isFirst = true')
    for (const way of ['location', 'link', 'frame', 'form'] as const) {
      await page.evaluate(leave, { way, to: `${elsewhere.url}${way}` })
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toMatch(
        /^app:\/\/runnel\//,
      )
    }
    await page.evaluate((to) => void window.open(to), `${elsewhere.url}window`)
    await expect.poll(() => app.windows().length).toBe(1)
    // Asked of the document: after a form that was refused, Playwright's own title() is empty though the page has not changed.
    expect(await page.evaluate('[document.title, window.isFirst]')).toEqual(['Runnel', true])
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(elsewhere.asked().filter((path) => path !== '/window')).toEqual([])
  })

  it('gives https links to the browser of the person, and nothing else', async () => {
    const { page, app } = studio
    await app.evaluate(({ shell }) => {
      const opened: string[] = []
      Reflect.set(globalThis, 'opened', opened)
      Reflect.set(shell, 'openExternal', (url: string) => Promise.resolve(void opened.push(url)))
    })
    for (const url of ['file:///etc/passwd', 'javascript:1', 'http://127.0.0.1/', 'https://me@example.org/', 'x:y']) {
      await page.evaluate((one) => Reflect.get(window, 'runnelHost').openExternal(one), url)
    }
    await page.evaluate(() => Reflect.get(window, 'runnelHost').openExternal('https://example.org/a'))
    await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'opened'))).toEqual(['https://example.org/a'])
  })

  it.each(['notifications', 'geolocation', 'camera', 'microphone'])('is denied %s', async (name) => {
    const state = await studio.page.evaluate(
      async (asked) => (await navigator.permissions.query({ name: asked as PermissionName })).state,
      name,
    )
    expect(state).toBe('denied')
  })

  it('does not answer a page that is not ours, though it has our bridge', async () => {
    const { app } = studio
    await using elsewhere = await foreignSite()
    const preload = join(import.meta.dirname, '../../dist/preload/preload.cjs')
    const opened = app.waitForEvent('window')
    await app.evaluate(
      ({ BrowserWindow }, { url, script }) => {
        const webPreferences = { preload: script, sandbox: true, contextIsolation: true }
        void new BrowserWindow({ webPreferences }).loadURL(url)
      },
      { url: elsewhere.url, script: preload },
    )
    const foreign = await opened
    await foreign.waitForURL(elsewhere.url)
    // The bridge is there: what is refused is refused by main.
    const refused = await foreign.evaluate(async () => {
      const host = Reflect.get(window, 'runnelHost')
      const asked = { kind: 'file', title: 'x', action: 'x' }
      return host.choosePath(asked).then(
        () => 'answered',
        (error: Error) => error.message,
      )
    })
    expect(refused).toContain('not for this page')
    // A port that was asked for first would have come before the answer to what was asked for after it.
    const ports = await foreign.evaluate(async () => {
      let count = 0
      window.addEventListener('message', () => (count += 1))
      const host = Reflect.get(window, 'runnelHost')
      host.requestPort('x', undefined)
      await host.choosePath({ kind: 'file', title: 'x', action: 'x' }).catch(() => undefined)
      return count
    })
    expect(ports).toBe(0)
    await foreign.close()
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

it('would leave, were it not for its guards', async () => {
  await using studio = await openDesktop()
  await using elsewhere = await foreignSite()
  await studio.app.evaluate(({ BrowserWindow }) => {
    for (const event of ['will-navigate', 'will-frame-navigate']) {
      BrowserWindow.getAllWindows()[0]?.webContents.removeAllListeners(event)
    }
  })
  await studio.page.evaluate(leave, { way: 'location' as const, to: elsewhere.url })
  await expect.poll(() => elsewhere.asked()).toContain('/')
})

/** Runs in the page: the ways in which a page may go elsewhere. */
function leave({ way, to }: { way: 'location' | 'link' | 'frame' | 'form'; to: string }): void {
  if (way === 'location') location.href = to
  const made = document.createElement({ location: 'i', link: 'a', frame: 'iframe', form: 'form' }[way])
  made.setAttribute({ location: 'x', link: 'href', frame: 'src', form: 'action' }[way], to)
  document.body.append(made)
  if (way === 'link') made.click()
  if (made instanceof HTMLFormElement) made.submit()
}

/** A site that anybody can reach. It keeps which paths were asked for. */
async function foreignSite(): Promise<AsyncDisposable & { readonly url: string; readonly asked: () => string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Elsewhere</title>')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const url = `http://127.0.0.1:${port}/`
  // It can be reached: that it was not asked is no accident.
  await (await fetch(`${url}reachable`)).text()
  asked.length = 0
  return {
    url,
    asked: () => [...asked],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

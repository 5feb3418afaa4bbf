import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

// Electron's security checklist, point by point: https://www.electronjs.org/docs/latest/tutorial/security

const ROOT = join(import.meta.dirname, '../..')
const SHELL = 'e2e/desktop/shell.e2e.ts'
const HERE = 'main/security/checklist.test.ts'

/** Each point, and the tests that prove it: a file and words of the test's name. */
const POINTS: readonly (readonly [point: string, ...proofs: (readonly [file: string, name: string])[]])[] = [
  ['Only load secure content', [SHELL, 'shows our page, isolated'], ['main/pages/page-file.test.ts', 'refuses %s']],
  ['Do not enable Node.js integration for remote content', [SHELL, 'isolated from Node'], [HERE, 'sets nothing']],
  ['Enable context isolation in all renderers', [SHELL, 'isolated from Node and from its bridge'], [HERE, 'isolates']],
  ['Enable process sandboxing', [HERE, 'isolates']],
  ['Handle session permission requests from remote content', [SHELL, 'is denied %s']],
  ['Do not disable webSecurity', [HERE, 'sets nothing']],
  ['Define a Content Security Policy', [SHELL, 'runs no inline script and no eval']],
  ['Do not enable allowRunningInsecureContent', [HERE, 'sets nothing']],
  ['Do not enable experimental features', [HERE, 'sets nothing']],
  ['Do not use enableBlinkFeatures', [HERE, 'sets nothing']],
  ['Do not use allowpopups for WebViews', [HERE, 'sets nothing']],
  ['Verify WebView options and parameters', [HERE, 'attaches no webview']],
  ['Disable or limit navigation', [SHELL, 'stays where it is'], [SHELL, 'would leave, were it not for its guards']],
  ['Disable or limit creation of new windows', [SHELL, 'stays where it is']],
  [
    'Do not use shell.openExternal with untrusted content',
    [SHELL, 'gives https links'],
    ['main/security/addresses.test.ts', 'is opened outside as %j'],
  ],
  ['Use a current version of Electron', [HERE, 'names one version of Electron']],
  [
    'Validate the sender of all IPC messages',
    [SHELL, 'does not answer a page that is not ours'],
    ['main/security/sender.test.ts', 'the sender of a message'],
  ],
  ['Avoid usage of the file:// protocol', [HERE, 'sets nothing'], [SHELL, 'shows our page']],
  ['Check which fuses you can change', ['e2e/desktop/packaged.e2e.ts', 'has the fuse %s']],
  [
    'Do not expose Electron APIs to untrusted web content',
    [SHELL, 'isolated from Node and from its bridge'],
    [HERE, 'exposes'],
  ],
]

async function sourcesOf(folder: string): Promise<Map<string, string>> {
  const names = await readdir(join(ROOT, folder), { recursive: true })
  const own = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  return new Map(
    await Promise.all(own.map(async (name) => [name, await readFile(join(ROOT, folder, name), 'utf8')] as const)),
  )
}
const main = await sourcesOf('main')
const text = (name: string): string => main.get(name) ?? ''

describe("Electron's checklist", () => {
  it('has twenty points', () => expect(POINTS).toHaveLength(20))

  const points = POINTS.map(([point, ...proofs]) => ({ point, proofs }))
  it.each(points)('$point: is proved, and told in docs/security.md', async ({ point, proofs }) => {
    expect(await readFile(join(ROOT, 'docs/security.md'), 'utf8')).toContain(point)
    expect(proofs.length).toBeGreaterThan(0)
    for (const [file, name] of proofs) expect(await readFile(join(ROOT, file), 'utf8')).toContain(name)
  })
})

describe('the desktop', () => {
  it.each([
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'allowpopups',
    'nodeIntegration: true',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'contextIsolation: false',
    'sandbox: false',
    'webviewTag: true',
    'loadFile',
    'file://',
    'enableRemoteModule',
  ])('sets nothing like %s', (word) => {
    expect([...main].filter(([, source]) => source.includes(word)).map(([name]) => name)).toEqual([])
  })

  it('isolates its only kind of window, in a sandbox that every later one would have too', () => {
    const makers = [...main].filter(([, source]) => source.includes('new BrowserWindow(')).map(([name]) => name)
    expect(makers).toEqual(['window/studio-window.ts'])
    for (const setting of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'webviewTag: false']) {
      expect(text('window/studio-window.ts')).toContain(setting)
    }
    expect(text('main.ts').indexOf('app.enableSandbox()')).toBeLessThan(text('main.ts').indexOf('.whenReady()'))
  })

  it('attaches no webview, whoever asks', () => {
    expect(text('security/guards.ts')).toMatch(/on\('will-attach-webview', \(event\) => event\.preventDefault\(\)\)/)
  })

  it('exposes one frozen object of its own, and nothing of Electron in it', async () => {
    const source = await readFile(join(ROOT, 'preload/preload.ts'), 'utf8')
    expect(source.match(/exposeInMainWorld\(.*\)/g)).toEqual(["exposeInMainWorld('runnelHost', Object.freeze(host))"])
    const host = source.slice(source.indexOf('const host'), source.indexOf('contextBridge.exposeInMainWorld'))
    expect(host).not.toMatch(/:\s*(?:ipcRenderer|webUtils|contextBridge)\b(?!\.)/)
  })

  it('names one version of Electron, the one that is installed', async () => {
    const version = async (file: string): Promise<string> =>
      JSON.parse(await readFile(join(ROOT, file), 'utf8')).version
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
    expect(devDependencies.electron).toBe(await version('node_modules/electron/package.json'))
  })
})

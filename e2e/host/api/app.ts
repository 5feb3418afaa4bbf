import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow } from './browser-window.ts'

interface AppOptions {
  readonly userData: string
  readonly argv: readonly string[]
  readonly version: string
}

/** The life of the app: ready, second instances, quitting. */
export class App extends EventEmitter {
  readonly isPackaged = false
  #options: AppOptions = { userData: '', argv: [], version: '' }
  #isReady = false
  #isQuitting = false
  readonly #ready = Promise.withResolvers<void>()
  #quit: (code: number) => Promise<void> = () => Promise.resolve()
  name = 'runnel'

  /** Of the stand-in. */
  configure(options: AppOptions, quit: (code: number) => Promise<void>): void {
    this.#options = options
    this.#quit = quit
    BrowserWindow.onContents((contents) => this.emit('web-contents-created', {}, contents))
    BrowserWindow.onNoneLeft(() => {
      if (this.#isQuitting) return
      if (this.listenerCount('window-all-closed') === 0) this.quit()
      else this.emit('window-all-closed')
    })
  }

  /** Of the stand-in. */
  becomeReady(): void {
    this.#isReady = true
    this.emit('ready', {})
    this.#ready.resolve()
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  setName(name: string): void {
    this.name = name
  }

  getName(): string {
    return this.name
  }

  getVersion(): string {
    return this.#options.version
  }

  getPath(name: string): string {
    const documents = join(homedir(), 'Documents')
    const places: Record<string, string> = { home: homedir(), temp: tmpdir(), documents }
    const place = name === 'userData' ? this.#options.userData : places[name]
    if (place === undefined) throw new Error(`the stand-in knows no path '${name}'`)
    return place
  }

  getLocale(): string {
    return process.env['LANGUAGE'] ?? 'en-US'
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()]
  }

  enableSandbox(): void {
    // Every page of the stand-in is one of Chromium's ordinary pages; its own sandbox is off as Playwright asks.
  }

  setAsDefaultProtocolClient(): boolean {
    return true
  }

  setAppUserModelId(): void {
    // Of Windows.
  }

  addRecentDocument(): void {
    // Of macOS and Windows.
  }

  /** The first holder listens on a socket named after the data folder; later ones hand it their command line. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.#options.userData, { recursive: true })
    return !this.#hasOther
  }

  #hasOther = false

  /** Of the stand-in: whether this is the first; `requestSingleInstanceLock` answers at once, so it is settled before the app starts. */
  async settleInstance(): Promise<boolean> {
    const name = createHash('sha256').update(this.#options.userData).digest('hex').slice(0, 24)
    const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `runnel-${name}.sock`)
    const message = JSON.stringify({ argv: this.#options.argv, directory: process.cwd() })
    this.#hasOther = await new Promise<boolean>((resolve) => {
      const socket = createConnection(path)
      socket.on('connect', () => socket.end(message, () => resolve(true)))
      socket.on('error', () => resolve(false))
    })
    if (this.#hasOther) return false
    const { rm } = await import('node:fs/promises')
    await rm(path, { force: true })
    const server = createServer((socket) => {
      let text = ''
      socket.setEncoding('utf8').on('data', (piece) => (text += piece))
      socket.on('end', () => {
        const { argv, directory }: { argv: string[]; directory: string } = JSON.parse(text)
        this.emit('second-instance', {}, argv, directory, null)
      })
    })
    server.listen(path)
    server.unref()
    return true
  }

  quit(): void {
    if (this.#isQuitting) return
    if (this.#isPrevented('before-quit')) return
    this.#isQuitting = true
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0) {
      this.#isQuitting = false
      return
    }
    if (this.#isPrevented('will-quit')) return
    this.exit(0)
  }

  exit(code = 0): void {
    this.emit('quit', {}, code)
    void this.#quit(code)
  }

  #isPrevented(name: string): boolean {
    let isPrevented = false
    this.emit(name, { preventDefault: () => (isPrevented = true) })
    return isPrevented
  }
}

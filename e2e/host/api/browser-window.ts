import { EventEmitter } from 'node:events'
import type { CdpConnection, CdpSession } from '../cdp.ts'
import type { IpcMain } from './ipc-main.ts'
import type { Schemes } from './protocol.ts'
import type { WebSession } from './session.ts'
import { WebContents } from './web-contents.ts'

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean
  readonly title?: string
  readonly webPreferences?: {
    readonly preload?: string
    readonly sandbox?: boolean
    readonly contextIsolation?: boolean
    readonly nodeIntegration?: boolean
  }
}

/** What every window of this app shares; set before the app is ready. */
export const hosting: {
  current: { connection: CdpConnection; schemes: Schemes; ipcMain: IpcMain; session: WebSession } | undefined
} = {
  current: undefined,
}

const all = new Set<BrowserWindow>()
const contentsCreated = new EventEmitter()

/** A window of Chromium behind Electron's interface. It is opened in the background: Electron's constructor is synchronous. */
export class BrowserWindow extends EventEmitter {
  #bounds: Bounds
  #isMaximized = false
  #isDestroyed = false
  #isVisible: boolean
  #isMinimized = false
  #isFocused = false
  #contents: Promise<WebContents>
  #session: CdpSession | undefined
  #windowId: unknown
  readonly webContents: WebContents

  constructor(options: WindowOptions = {}) {
    super()
    const preferences = options.webPreferences ?? {}
    if (
      preferences.sandbox === false ||
      preferences.contextIsolation === false ||
      preferences.nodeIntegration === true
    ) {
      throw new Error('the stand-in has sandboxed, isolated windows only')
    }
    const host = hosting.current
    if (host === undefined) throw new Error('Cannot create BrowserWindow before app is ready')
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.#isVisible = options.show !== false
    const { promise, resolve } = Promise.withResolvers<WebContents>()
    this.#contents = promise
    this.webContents = this.#pageOf(host, preferences.preload, resolve)
    all.add(this)
    contentsCreated.emit('created', this.webContents)
  }

  /** Tells of the contents of every new window. */
  static onContents(listener: (contents: WebContents) => void): void {
    contentsCreated.on('created', listener)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all]
  }

  static fromWebContents(contents: WebContents | undefined): BrowserWindow | null {
    return [...all].find((window) => window.webContents === contents) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return [...all].find((window) => window.id === id) ?? null
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...all].find((window) => window.#isFocused) ?? null
  }

  get id(): number {
    return this.webContents.id
  }

  async loadURL(url: string): Promise<void> {
    await this.#contents
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
    this.focus()
  }

  focus(): void {
    for (const window of all) window.#isFocused = window === this
    this.emit('focus')
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  minimize(): void {
    this.#isMinimized = true
    this.emit('minimize')
  }

  restore(): void {
    this.#isMinimized = false
    this.emit('restore')
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  isFullScreen(): boolean {
    return false
  }

  maximize(): void {
    this.#isMaximized = true
    this.#apply()
    this.emit('maximize')
  }

  unmaximize(): void {
    this.#isMaximized = false
    this.#apply()
    this.emit('unmaximize')
  }

  getBounds(): Bounds {
    return this.#bounds
  }

  getNormalBounds(): Bounds {
    return this.#bounds
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.#apply()
    this.emit('resize')
    this.emit('move')
  }

  setTitle(title: string): void {
    this.emit('page-title-updated', {}, title)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  close(): void {
    let isPrevented = false
    this.emit('close', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    all.delete(this)
    void this.#contents.then(({ targetId }) =>
      hosting.current?.connection.browser.send('Target.closeTarget', { targetId }),
    )
    this.webContents.destroy()
    this.emit('closed')
    if (all.size === 0) contentsCreated.emit('none-left')
  }

  static onNoneLeft(listener: () => void): void {
    contentsCreated.on('none-left', listener)
  }

  #pageOf(
    host: NonNullable<typeof hosting.current>,
    preload: string | undefined,
    resolve: (contents: WebContents) => void,
  ): WebContents {
    const { schemes, ipcMain, session } = host
    const target = this.#open(host)
    const contents = new WebContents({
      target,
      schemes,
      ipcMain,
      preload,
      webSession: session,
    })
    contents.on('stand-in-close', () => this.close())
    // A window has something to show once its first page was loaded and drawn.
    contents.once('did-finish-load', () => setImmediate(() => this.emit('ready-to-show')))
    void contents.prepared.then(() => resolve(contents))
    return contents
  }

  async #open({ connection, session }: NonNullable<typeof hosting.current>) {
    const { width, height } = this.#bounds
    const { targetId } = await connection.browser.send('Target.createTarget', {
      url: 'about:blank',
      width,
      height,
      newWindow: true,
    })
    const attached = await connection.attach(String(targetId))
    this.#session = attached
    this.#windowId = (await attached.send('Browser.getWindowForTarget'))['windowId']
    this.#apply()
    await session.applyPermissions(connection)
    return { targetId: String(targetId), session: attached }
  }

  #apply(): void {
    if (this.#session === undefined) return
    const { x, y, width, height } = this.#bounds
    const state = this.#isMaximized ? { windowState: 'maximized' } : { windowState: 'normal' }
    const place = this.#isMaximized ? {} : { left: x, top: y, width, height }
    const bounds = { windowId: this.#windowId, bounds: this.#isMaximized ? state : place }
    void this.#session.send('Browser.setWindowBounds', bounds).catch(() => undefined)
  }
}

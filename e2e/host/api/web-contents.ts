import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { CdpSession } from '../cdp.ts'
import { mainWorldScript, preloadScript } from '../page/scripts.ts'
import type { IpcMain } from './ipc-main.ts'
import { type MessagePortMain, PortRelay, type PortTraffic } from './message-port.ts'
import type { Schemes } from './protocol.ts'

const MARK = `standin${randomBytes(8).toString('hex')}`
const BOUND = `${MARK}Send`
const WORLD = 'Electron Isolated Context'

/** The frame that a message came from, as Electron shows it. */
export interface WebFrameMain {
  readonly url: string
  readonly origin: string
  readonly routingId: number
  readonly parent: WebFrameMain | null
}

type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly given: unknown[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly given: unknown[] }
  | PortTraffic

interface WindowOpenHandler {
  (details: { url: string; frameName: string; features: string; disposition: string }): { action: 'allow' | 'deny' }
}

export interface WebContentsOptions {
  /** Being opened. */
  readonly target: Promise<{ readonly targetId: string; readonly session: CdpSession }>
  readonly schemes: Schemes
  readonly ipcMain: IpcMain
  readonly preload: string | undefined
  readonly webSession: unknown
}

let lastId = 0

class PreventableEvent {
  defaultPrevented = false
  constructor(fields: object) {
    Object.assign(this, fields)
  }
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** A page of Chromium behind Electron's interface. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session: unknown
  readonly #options: WebContentsOptions
  #ports: PortRelay
  #context: number | undefined
  #mainFrame = ''
  #url = ''
  /** A navigation that the app itself began; such a one asks nobody. */
  #ownNavigation: string | undefined
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' })
  #isDestroyed = false
  #isCrashed = false
  /** Electron keeps a message for a page that loads until its preload listens. */
  #waiting: { readonly channel: string; readonly given: unknown[]; readonly ports: number[] }[] = []
  readonly mainFrame: WebFrameMain
  readonly prepared: Promise<void>
  targetId = ''
  #session: CdpSession | undefined

  constructor(options: WebContentsOptions) {
    super()
    this.#options = options
    this.session = options.webSession
    this.#ports = new PortRelay((traffic) => this.#toPage(traffic))
    const url = (): string => this.getURL()
    this.mainFrame = {
      get url() {
        return url()
      },
      get origin() {
        return /^[a-z]+:\/\/[^/]*/.exec(url())?.[0] ?? 'null'
      },
      routingId: this.id,
      parent: null,
    }
    this.prepared = this.#prepare()
  }

  /** Before the first address is loaded. */
  async #prepare(): Promise<void> {
    const { target, preload } = this.#options
    const { targetId, session } = await target
    this.targetId = targetId
    this.#session = session
    session.on('Runtime.executionContextCreated', ({ context }) => this.#onContext(context))
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#onContextGone(executionContextId))
    session.on('Runtime.executionContextsCleared', () => this.#onContextGone(this.#context))
    session.on(
      'Runtime.bindingCalled',
      ({ name, payload }) => name === BOUND && this.#onPage(JSON.parse(payload, unpack)),
    )
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#url = frame.url + (frame.urlFragment ?? '')
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#mainFrame) this.#url = url
    })
    session.on('Page.domContentEventFired', () => this.emit('dom-ready', {}))
    session.on('Page.loadEventFired', () => this.emit('did-finish-load', {}))
    session.on('Page.windowOpen', (details) => this.#onWindowOpen(details.url, details.windowName))
    session.on('Fetch.requestPaused', (request) => void this.#onNavigation(request))
    session.on('Inspector.targetCrashed', () => this.#onCrash())
    await session.send('Page.enable')
    const { frameTree } = await session.send('Page.getFrameTree')
    this.#mainFrame = idOf(frameTree)
    await session.send('Runtime.enable')
    await session.send('Inspector.enable')
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] })
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(MARK) })
    if (preload === undefined) return
    await session.send('Runtime.addBinding', { name: BOUND, executionContextName: WORLD })
    const source = preloadScript(MARK, BOUND, preload)
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD })
  }

  async loadURL(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()))
    this.#isCrashed = false
    const target = this.#options.schemes.toChromium(url)
    this.#ownNavigation = target
    const { errorText } = await (await this.#ready()).send('Page.navigate', { url: target })
    if (typeof errorText === 'string') throw new Error(`${errorText} loading '${url}'`)
    await loaded
  }

  reload(): void {
    void this.loadURL(this.getURL()).catch(() => undefined)
  }

  getURL(): string {
    return this.#options.schemes.toApp(this.#url)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  isCrashed(): boolean {
    return this.#isCrashed
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler
  }

  send(channel: string, ...given: unknown[]): void {
    this.#deliver({ channel, given, ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#deliver({ channel, given: [message], ports: transfer.map((port) => this.#ports.handOver(port)) })
  }

  forcefullyCrashRenderer(): void {
    // No answer comes from a page that crashed.
    void this.#session?.send('Page.crash').catch(() => undefined)
  }

  close(): void {
    this.emit('stand-in-close')
  }

  /** The window is gone. */
  destroy(): void {
    this.#isDestroyed = true
    this.#ports.closeAll()
    this.emit('destroyed')
  }

  async #ready(): Promise<CdpSession> {
    await this.prepared
    return (await this.#options.target).session
  }

  #deliver(message: { readonly channel: string; readonly given: unknown[]; readonly ports: number[] }): void {
    if (this.#context === undefined) this.#waiting.push(message)
    else {
      this.#toPage({ kind: 'message', ...message })
      for (const port of message.ports) this.#ports.start(port)
    }
  }

  #toPage(message: object): void {
    if (this.#context === undefined) return
    const text = JSON.stringify(message, pack)
    const call = {
      executionContextId: this.#context,
      functionDeclaration: `(text) => globalThis['${MARK}-receive'](text)`,
      arguments: [{ value: text }],
    }
    // The page may have gone meanwhile.
    void this.#session?.send('Runtime.callFunctionOn', call).catch(() => undefined)
  }

  #onContext(context: { id: number; name: string; auxData: { frameId: string } }): void {
    if (context.name !== WORLD || context.auxData.frameId !== this.#mainFrame) return
    this.#context = context.id
    // After the script that listens there has run.
    setImmediate(() => this.#waiting.splice(0).forEach((message) => this.#deliver(message)))
  }

  #onContextGone(id: number | undefined): void {
    if (id !== this.#context || id === undefined) return
    this.#context = undefined
    this.#ports.closeAll()
    this.#ports = new PortRelay((traffic) => this.#toPage(traffic))
  }

  #onPage(message: FromPage): void {
    const event = { sender: this, senderFrame: this.mainFrame, frameId: this.id, ports: [], processId: this.id }
    if (message.kind === 'send') this.#options.ipcMain.emit(message.channel, event, ...message.given)
    else if (message.kind === 'invoke') {
      const reply = (isError: boolean, value: unknown): void =>
        this.#toPage({ kind: 'reply', id: message.id, isError, value })
      this.#options.ipcMain.answer(message.channel, event, message.given).then(
        (value) => reply(false, value),
        (error: unknown) => reply(true, `Error invoking remote method '${message.channel}': ${String(error)}`),
      )
    } else this.#ports.receive(message)
  }

  #onWindowOpen(url: string, frameName: string): void {
    const details = { url: this.#options.schemes.toApp(url), frameName, features: '', disposition: 'new-window' }
    if (this.#openHandler(details).action === 'allow') throw new Error('the stand-in opens no window for a page')
  }

  async #onNavigation(paused: { requestId: string; frameId: string; request: { url: string } }): Promise<void> {
    const { requestId, frameId, request } = paused
    const { schemes } = this.#options
    const session = await this.#ready()
    const isMainFrame = frameId === this.#mainFrame
    const isOwn = isMainFrame && this.#ownNavigation?.split('#')[0] === request.url
    if (isOwn) this.#ownNavigation = undefined
    const isRefused = !isOwn && this.#asksApp(schemes.toApp(request.url), isMainFrame)
    const answer = isRefused
      ? session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : session.send('Fetch.continueRequest', { requestId })
    await answer.catch(() => undefined)
  }

  #asksApp(url: string, isMainFrame: boolean): boolean {
    const event = new PreventableEvent({ url, isMainFrame, frame: isMainFrame ? this.mainFrame : null })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, url)
    return event.defaultPrevented
  }

  #onCrash(): void {
    this.#isCrashed = true
    this.#onContextGone(this.#context)
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 133 })
  }
}

function idOf(tree: unknown): string {
  if (typeof tree !== 'object' || tree === null || !('frame' in tree)) return ''
  const { frame } = tree
  return typeof frame === 'object' && frame !== null && 'id' in frame ? String(frame.id) : ''
}

// Bytes are the only values of a message that JSON cannot say.
function pack(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { [MARK]: Buffer.from(value).toString('base64') } : value
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(MARK in value)) return value
  return new Uint8Array(Buffer.from(String(value[MARK as keyof typeof value]), 'base64'))
}

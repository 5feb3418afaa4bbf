import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, nativeTheme, safeStorage, session } from 'electron'
import type { Language } from '../engine/contract/localized.ts'
import { CHANNELS } from '../preload/channels.ts'
import type { Opening, RecentEntry } from '../preload/host-api.ts'
import { type EngineSupervisor, superviseEngine } from './engine/engine-supervisor.ts'
import { keptSecretKey } from './engine/secret-key.ts'
import { answerPages } from './ipc.ts'
import { DESKTOP_TEXTS, languageOf } from './locales/texts.ts'
import { menuTemplate } from './menu/menu-template.ts'
import { servePages } from './pages/serve-pages.ts'
import { denyPermissions } from './security/guards.ts'
import { openStudioWindow } from './window/studio-window.ts'

/** Where the parts of the app lie beside this one. */
export interface StudioParts {
  readonly pages: string
  readonly preload: string
  readonly engine: string
  readonly worker: string
}

const LIGHT = '#ffffff'
const DARK = '#141414'

/** The desktop's one studio: its window, its engine, its menus. Made once the app is ready. */
export class Studio {
  readonly #parts: StudioParts
  readonly #engine: EngineSupervisor
  #language: Language = languageOf(app.getPreferredSystemLanguages()[0])
  #recent: readonly RecentEntry[] = []
  #window: BrowserWindow | undefined
  #secretKey: string | undefined
  /** What was asked for before the page could hear it. */
  #openings: Opening[] = []
  #isListening = false

  private constructor(parts: StudioParts) {
    this.#parts = parts
    this.#engine = superviseEngine({
      entry: parts.engine,
      workerEntry: parts.worker,
      start: () => ({
        kind: 'start',
        dataDirectory: app.getPath('userData'),
        workspacesDirectory: join(app.getPath('documents'), 'Runnel'),
        language: this.#language,
        ...(this.#secretKey === undefined ? {} : { secretKey: this.#secretKey }),
      }),
      onState: (state) => this.#tell(CHANNELS.engineState, state),
      onExit: (code, words) => process.stderr.write(`engine ended (${code})\n${words}\n`),
    })
  }

  static async open(parts: StudioParts): Promise<Studio> {
    const studio = new Studio(parts)
    denyPermissions(session.defaultSession)
    await servePages(parts.pages)
    answerPages({
      connect: (workspace) => {
        if (workspace !== undefined) app.addRecentDocument(workspace)
        const where = workspace === undefined ? {} : { workspace }
        return studio.#engine.connect({ ...where, language: studio.#language })
      },
      setLanguage: (language) => studio.#setMenus({ language }),
      setRecent: (recent) => studio.#setMenus({ recent }),
      greet: () => studio.#greet(),
    })
    studio.#setMenus({})
    studio.show()
    return studio
  }

  /** Brings the window to the front; opens it where it was closed. */
  show(): void {
    if (this.#window === undefined) return this.#openWindow()
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Has the page open something; it waits where the page is not there yet. */
  ask(opening: Opening): void {
    this.show()
    if (this.#isListening) this.#tell(CHANNELS.opening, opening)
    else this.#openings.push(opening)
  }

  stop(): void {
    this.#engine.stop()
  }

  #openWindow(): void {
    const window = openStudioWindow({
      preload: this.#parts.preload,
      userData: app.getPath('userData'),
      backgroundColor: nativeTheme.shouldUseDarkColors ? DARK : LIGHT,
      onShown: () => void this.#startEngine(),
      onHopeless: (hopeless) => void this.#askAboutHopeless(hopeless),
    })
    this.#window = window
    window.webContents.on('render-process-gone', () => {
      this.#isListening = false
    })
    window.on('closed', () => {
      this.#window = undefined
      this.#isListening = false
    })
  }

  /** After the first paint: the window must not wait for it. */
  async #startEngine(): Promise<void> {
    const file = join(app.getPath('userData'), 'secret-key')
    this.#secretKey = await keptSecretKey(safeStorage, file).catch(() => undefined)
    this.#engine.start()
  }

  #greet(): void {
    this.#isListening = true
    this.#tell(CHANNELS.engineState, this.#engine.state())
    for (const opening of this.#openings.splice(0)) this.#tell(CHANNELS.opening, opening)
  }

  /** Menus of Electron never change: they are made anew. */
  #setMenus(told: { readonly language?: Language; readonly recent?: readonly RecentEntry[] }): void {
    this.#language = told.language ?? this.#language
    this.#recent = told.recent ?? this.#recent
    const template = menuTemplate({
      language: this.#language,
      platform: process.platform,
      recent: this.#recent,
      onCommand: (command) => this.#tell(CHANNELS.command, command),
      onRecent: (workspace) => this.ask({ workspace }),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  #tell(channel: string, message: unknown): void {
    if (this.#window !== undefined && !this.#window.isDestroyed()) this.#window.webContents.send(channel, message)
  }

  async #askAboutHopeless(window: BrowserWindow): Promise<void> {
    const text = DESKTOP_TEXTS[this.#language]
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: text.hopelessTitle,
      detail: text.hopelessDetail,
      buttons: [text.hopelessReload, text.hopelessQuit],
      defaultId: 0,
    })
    if (response === 0) window.webContents.reload()
    else app.quit()
  }
}

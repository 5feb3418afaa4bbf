/** What a person asked for outside of the window: a link, a file, another start of the app. */
export interface Opening {
  readonly workspace: string
  /** What to show there, by its name. */
  readonly show?: { readonly kind: 'pipeline' | 'job' | 'connection'; readonly name: string }
}

/** What the menus of the desktop ask of the page. */
export type MenuCommand =
  | 'new-workspace'
  | 'open-workspace'
  | 'close-workspace'
  | 'open-file'
  | 'save'
  | 'undo'
  | 'redo'
  | 'close-tab'
  | 'palette'
  | 'settings'
  | 'about'

export type EngineState = 'starting' | 'serving' | 'restarting' | 'failed'

export interface PathQuestion {
  readonly kind: 'folder' | 'file'
  readonly title: string
  readonly action: string
  /** Endings with their dot. */
  readonly extensions?: readonly string[]
  readonly startAt?: string
  /** One that is not there yet may be named. */
  readonly mayBeNew?: boolean
}

/** An entry of the menu of recent workspaces. */
export interface RecentEntry {
  readonly directory: string
  readonly name: string
}

/** Stops listening. */
export type StopListening = () => void

/** What the preload script puts on `window.runnelHost`: the little of the operating system that pages may ask for. */
export interface RunnelHost {
  readonly kind: 'desktop'
  /** The dialog of the operating system; undefined when it was left. */
  choosePath(question: PathQuestion): Promise<string | undefined>
  /** Where a dropped file lies; empty for a file that a script made. */
  pathOf(file: File): string
  /** Has menus and dialogs of the desktop follow. */
  setLanguage(language: 'en' | 'zh'): void
  /** What the menu of recent workspaces offers, last opened first; one that is chosen there comes as an opening. */
  setRecent(workspaces: readonly RecentEntry[]): void
  /**
   * Asks for a port to the engine in a workspace (or none); it arrives as a window message `{ runnel: 'port', request }`. Its first
   * message is `'ready'`, then it speaks the contract; or `{ refused: failure }`, and it closes. It closes too when the engine dies; a
   * new one may be asked for at once and comes when the engine is back.
   */
  requestPort(request: string, workspace: string | undefined): void
  /** Asks the operating system to open an https address. */
  openExternal(url: string): void
  /** What was asked for before somebody listened is told to the first listener. */
  onOpening(listener: (opening: Opening) => void): StopListening
  onCommand(listener: (command: MenuCommand) => void): StopListening
  /** Told at once what it is now, then every change. */
  onEngineState(listener: (state: EngineState) => void): StopListening
}

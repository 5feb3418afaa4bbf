/** What the preload script puts on `window.runnelHost`: the little of the operating system that pages may ask for. */
export interface RunnelHost {
  readonly kind: 'desktop'
  /** The dialog of the operating system; undefined when it was left. */
  choosePath(question: {
    readonly kind: 'folder' | 'file'
    readonly title: string
    readonly action: string
    readonly extensions?: readonly string[]
    readonly startAt?: string
    readonly mayBeNew?: boolean
  }): Promise<string | undefined>
  /** Where a dropped file lies. */
  pathOf(file: File): string
  /** Has menus and dialogs of the desktop follow. */
  setLanguage(language: 'en' | 'zh'): void
  /** Asks for a port to the engine in a workspace; it arrives as a window message `{ runnel: 'port', request }`. */
  requestPort(request: string, workspace: string | undefined): void
  /** Asks the operating system to open an https address. */
  openExternal(url: string): void
}

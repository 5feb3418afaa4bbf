import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { APP_NAME, PAGE_ENTRY } from '../identity.ts'
import { mayReload } from './crash-policy.ts'
import { keepWindowState, keptWindowState } from './keep-window-state.ts'
import { placeWindow } from './window-state.ts'

export interface StudioWindowOptions {
  readonly preload: string
  readonly userData: string
  readonly backgroundColor: string
  /** The first paint is done. */
  readonly onShown: () => void
  /** The page keeps crashing; nothing more is tried. */
  readonly onHopeless: (window: BrowserWindow) => void
}

/** Opens the studio's window where it was left, shown once it has something to show. */
export function openStudioWindow(options: StudioWindowOptions): BrowserWindow {
  const file = join(options.userData, 'window.json')
  const { bounds, isMaximized } = placeWindow(
    keptWindowState(file),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: APP_NAME,
    backgroundColor: options.backgroundColor,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  keepWindowState(window, file)
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize()
    window.show()
    options.onShown()
  })
  reloadAfterCrash(window, options)
  void window.loadURL(PAGE_ENTRY).catch(() => undefined)
  return window
}

/** `recovered` in the address tells the page that it follows a crash: it offers the drafts. */
function reloadAfterCrash(window: BrowserWindow, { onHopeless }: StudioWindowOptions): void {
  const crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const now = Date.now()
    const again = mayReload(crashes, now)
    crashes.push(now)
    if (!again) return onHopeless(window)
    void window.loadURL(`${PAGE_ENTRY}?recovered=${reason}`).catch(() => undefined)
  })
}

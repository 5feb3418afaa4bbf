import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../engine/contract/localized.ts'
import type { MenuCommand, RecentEntry } from '../../preload/host-api.ts'
import { APP_NAME } from '../identity.ts'
import { DESKTOP_TEXTS, type DesktopText } from '../locales/texts.ts'

interface MenuOptions {
  readonly language: Language
  readonly platform: NodeJS.Platform
  /** Last opened first. */
  readonly recent: readonly RecentEntry[]
  readonly onCommand: (command: MenuCommand) => void
  readonly onRecent: (directory: string) => void
}

/** An entry: a line, the recent workspaces, something the page does, or something that Electron does by itself. */
type Entry =
  | 'line'
  | 'recent'
  | readonly [text: DesktopText, command: MenuCommand, keys?: string]
  | { readonly text: DesktopText; readonly role: NonNullable<MenuItemConstructorOptions['role']> }

const MOST_RECENT = 10

const FILE: readonly Entry[] = [
  ['newWorkspace', 'new-workspace', 'CmdOrCtrl+Shift+N'],
  ['openWorkspace', 'open-workspace', 'CmdOrCtrl+Shift+O'],
  'recent',
  ['openFile', 'open-file', 'CmdOrCtrl+O'],
  'line',
  ['save', 'save', 'CmdOrCtrl+S'],
  'line',
  ['closeTab', 'close-tab', 'CmdOrCtrl+W'],
  ['closeWorkspace', 'close-workspace'],
]
const EDIT: readonly Entry[] = [
  ['undo', 'undo', 'CmdOrCtrl+Z'],
  ['redo', 'redo', 'CmdOrCtrl+Shift+Z'],
  'line',
  { text: 'cut', role: 'cut' },
  { text: 'copy', role: 'copy' },
  { text: 'paste', role: 'paste' },
  { text: 'selectAll', role: 'selectAll' },
]
const VIEW: readonly Entry[] = [
  ['palette', 'palette', 'CmdOrCtrl+K'],
  'line',
  { text: 'zoomIn', role: 'zoomIn' },
  { text: 'zoomOut', role: 'zoomOut' },
  { text: 'zoomReset', role: 'resetZoom' },
  'line',
  { text: 'fullScreen', role: 'togglefullscreen' },
]
const SETTINGS: Entry = ['settings', 'settings', 'CmdOrCtrl+,']
const ABOUT: Entry = ['about', 'about']
const QUIT: Entry = { text: 'quit', role: 'quit' }

/** The menus of the desktop. On a Mac settings, about and quit stand under the app's name. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = options.platform === 'darwin'
  const entries = (list: readonly Entry[]): MenuItemConstructorOptions[] =>
    list.map((entry) => menuItem(entry, options))
  const text = DESKTOP_TEXTS[options.language]
  const ownMenu = { label: APP_NAME, submenu: entries([ABOUT, 'line', SETTINGS, 'line', QUIT]) }
  return [
    ...(isMac ? [ownMenu] : []),
    { label: text.file, submenu: entries(isMac ? FILE : [...FILE, 'line', SETTINGS, 'line', QUIT]) },
    { label: text.edit, submenu: entries(EDIT) },
    { label: text.view, submenu: entries(VIEW) },
    { label: text.window, submenu: entries([{ text: 'minimize', role: 'minimize' }]) },
    ...(isMac ? [] : [{ label: text.help, submenu: entries([ABOUT]) }]),
  ]
}

function menuItem(entry: Entry, options: MenuOptions): MenuItemConstructorOptions {
  const { language, onCommand } = options
  if (entry === 'line') return { type: 'separator' }
  if (entry === 'recent') return recentMenu(options)
  if ('role' in entry) return { label: DESKTOP_TEXTS[language][entry.text], role: entry.role }
  const [text, command, keys] = entry
  return {
    id: command,
    label: DESKTOP_TEXTS[language][text],
    click: () => onCommand(command),
    // The page hears the keys first and decides: undo in a text field is not undo on the canvas.
    ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: false }),
  }
}

/** Two workspaces may have one name: their folders tell them apart. */
function recentMenu({ language, recent, onRecent }: MenuOptions): MenuItemConstructorOptions {
  const text = DESKTOP_TEXTS[language]
  const items = recent.slice(0, MOST_RECENT).map(({ directory, name }) => ({
    label: plain(`${name} — ${directory}`),
    click: () => onRecent(directory),
  }))
  const submenu = items.length === 0 ? [{ label: text.noRecent, enabled: false }] : items
  return { id: 'recent', label: text.openRecent, submenu }
}

/** A label in which nothing is the sign of a key. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}

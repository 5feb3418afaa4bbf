import { EventEmitter } from 'node:events'

interface Item {
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly id?: string
  readonly submenu?: readonly Item[]
  readonly click?: () => void
}

/** A menu that is never drawn: tests read its items and click them. */
export class Menu {
  static #application: Menu | null = null
  readonly items: readonly (Item & { readonly submenu: Menu | undefined })[]

  constructor(template: readonly Item[]) {
    this.items = template.map((item) => ({
      ...item,
      submenu: item.submenu === undefined ? undefined : new Menu(item.submenu),
    })) as never
  }

  static buildFromTemplate(template: readonly Item[]): Menu {
    return new Menu(template)
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }

  getMenuItemById(id: string): Item | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found !== null && found !== undefined) return found
    }
    return null
  }
}

/** Nobody sits here: each dialog is left unanswered unless a test replaced the function, as tests of Electron do. */
export const dialog = {
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showMessageBox: () => Promise.resolve({ response: 0, checkboxChecked: false }),
  showErrorBox: (title: string, content: string): void => console.error(`${title}: ${content}`),
}

export const shell = {
  opened: [] as string[],
  openExternal(url: string): Promise<void> {
    shell.opened.push(url)
    return Promise.resolve()
  },
  showItemInFolder: (): void => undefined,
}

/** A Linux without a key ring: that is what Electron answers there, and what must not be trusted with a secret. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => process.env['RUNNEL_STANDIN_KEYRING'] === '1',
  getSelectedStorageBackend: (): string => (safeStorage.isEncryptionAvailable() ? 'gnome_libsecret' : 'basic_text'),
  encryptString: (text: string): Buffer => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
  decryptString: (bytes: Buffer): string => Buffer.from([...bytes].map((byte) => byte ^ 0x5a)).toString('utf8'),
}

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' })

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 }, scaleFactor: 1 }

export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => [DISPLAY],
  getPrimaryDisplay: () => DISPLAY,
})

import { App } from './api/app.ts'
import { BrowserWindow } from './api/browser-window.ts'
import { IpcMain } from './api/ipc-main.ts'
import { Schemes } from './api/protocol.ts'
import { WebSession } from './api/session.ts'
import { utilityProcessOf } from './api/utility-process.ts'

// What `import … from 'electron'` and `require('electron')` give under the stand-in: what main uses, and nothing more.

export { dialog, Menu, nativeTheme, safeStorage, screen, shell } from './api/desktop.ts'
export { MessageChannelMain } from './api/message-port.ts'
export { BrowserWindow }

export const app = new App()
export const ipcMain = new IpcMain()
export const schemes = new Schemes()
export const utilityProcess = utilityProcessOf(() => app.isReady())
export const session = { defaultSession: new WebSession() }

export const protocol = {
  registerSchemesAsPrivileged(list: readonly { readonly scheme: string }[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    schemes.registerPrivileged(list)
  },
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void =>
    schemes.handle(scheme, handler),
}

export const webContents = {
  fromDevToolsTargetId: (id: string) =>
    BrowserWindow.getAllWindows().find(({ webContents: contents }) => contents.targetId === id)?.webContents,
  getAllWebContents: () => BrowserWindow.getAllWindows().map(({ webContents: contents }) => contents),
  fromId: (id: number) => BrowserWindow.fromId(id)?.webContents,
}

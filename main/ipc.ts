import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type MessagePortMain } from 'electron'
import { z } from 'zod'
import { type Language, languageSchema } from '../engine/contract/localized.ts'
import { CHANNELS } from '../preload/channels.ts'
import type { RecentEntry } from '../preload/host-api.ts'
import { choosePath, pathQuestionSchema } from './dialogs/choose-path.ts'
import { openExternal } from './security/guards.ts'
import { isOwnSender } from './security/sender.ts'

const PATH_LIMIT = 4_096
const portRequestSchema = z.strictObject({
  request: z.string().min(1).max(100),
  workspace: z.string().min(1).max(PATH_LIMIT).optional(),
})

const recentSchema = z
  .array(z.strictObject({ directory: z.string().min(1).max(PATH_LIMIT), name: z.string().max(500) }))
  .max(100)

export interface Desk {
  connect(workspace: string | undefined): MessagePortMain
  setLanguage(language: Language): void
  setRecent(workspaces: readonly RecentEntry[]): void
  /** A page's bridge is there and listens. */
  greet(window: BrowserWindow): void
}

/** Everything that a page may ask of main. What does not come from our own page, or has another shape, is dropped. */
export function answerPages(desk: Desk): void {
  ipcMain.handle(CHANNELS.choosePath, (event, given: unknown) => {
    const window = windowOf(event)
    if (window === undefined) throw new Error('not for this page')
    return choosePath(window, pathQuestionSchema.parse(given))
  })
  listen(CHANNELS.requestPort, portRequestSchema, ({ request, workspace }, window) => {
    window.webContents.postMessage(CHANNELS.port, request, [desk.connect(workspace)])
  })
  listen(CHANNELS.language, languageSchema, (language) => desk.setLanguage(language))
  listen(CHANNELS.recent, recentSchema, (workspaces) => desk.setRecent(workspaces))
  listen(CHANNELS.openExternal, z.string(), (address) => openExternal(address))
  listen(CHANNELS.listening, z.undefined(), (_nothing, window) => desk.greet(window))
}

function listen<Given>(
  channel: string,
  schema: z.ZodType<Given>,
  act: (given: Given, window: BrowserWindow) => void,
): void {
  ipcMain.on(channel, (event, given: unknown) => {
    const window = windowOf(event)
    const parsed = schema.safeParse(given)
    if (window !== undefined && parsed.success) act(parsed.data, window)
  })
}

function windowOf(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | undefined {
  return isOwnSender(event) ? (BrowserWindow.fromWebContents(event.sender) ?? undefined) : undefined
}

import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CHANNELS } from './channels.ts'
import type { EngineState, MenuCommand, Opening, RunnelHost } from './host-api.ts'
import { topic } from './listeners.ts'

// The bridge between the page and main. Main checks the sender and the shape of everything; nothing is decided here.

const openings = topic<Opening>('all')
const commands = topic<MenuCommand>('none')
const engineStates = topic<EngineState>('last')

ipcRenderer.on(CHANNELS.opening, (_event, opening: Opening) => openings.tell(opening))
ipcRenderer.on(CHANNELS.command, (_event, command: MenuCommand) => commands.tell(command))
ipcRenderer.on(CHANNELS.engineState, (_event, state: EngineState) => engineStates.tell(state))
ipcRenderer.on(CHANNELS.port, (event, request: string) => {
  window.postMessage({ runnel: 'port', request }, location.origin, [...event.ports])
})

const host: RunnelHost = {
  kind: 'desktop',
  choosePath: (question) => ipcRenderer.invoke(CHANNELS.choosePath, question),
  pathOf: (file) => webUtils.getPathForFile(file),
  setLanguage: (language) => ipcRenderer.send(CHANNELS.language, language),
  setRecent: (workspaces) => ipcRenderer.send(CHANNELS.recent, workspaces),
  requestPort: (request, workspace) => ipcRenderer.send(CHANNELS.requestPort, { request, workspace }),
  openExternal: (url) => ipcRenderer.send(CHANNELS.openExternal, url),
  onOpening: (listener) => openings.listen(listener),
  onCommand: (listener) => commands.listen(listener),
  onEngineState: (listener) => engineStates.listen(listener),
}
contextBridge.exposeInMainWorld('runnelHost', Object.freeze(host))
ipcRenderer.send(CHANNELS.listening)

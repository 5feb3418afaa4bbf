import { app, type Session, shell } from 'electron'
import { externalAddress, isOwnPage } from './addresses.ts'

/** Every page of the app, however it came to be, stays where it is and opens nothing. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url)
      return { action: 'deny' }
    })
  })
}

/** The studio needs none of what pages can ask a person for, but writing to the clipboard. */
export function denyPermissions(session: Session): void {
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setPermissionRequestHandler((_contents, permission, done) => done(permission === 'clipboard-sanitized-write'))
  session.setDevicePermissionHandler(() => false)
}

/** Opens an https address in the person's browser; others are dropped. */
export function openExternal(address: string): void {
  const allowed = externalAddress(address)
  if (allowed !== undefined) void shell.openExternal(allowed).catch(() => undefined)
}

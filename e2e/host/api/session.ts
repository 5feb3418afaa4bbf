import type { CdpConnection } from '../cdp.ts'

type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean
type RequestHandler = (
  contents: unknown,
  permission: string,
  done: (isGranted: boolean) => void,
  details: object,
) => void

/** Chromium's names of permissions and Electron's. */
const PERMISSIONS = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['window-management', 'window-management'],
  ['storage-access', 'storage-access'],
] as const

/**
 * The default session. Chromium cannot ask us when a page asks for a permission, so the app's handlers are asked about each one
 * beforehand, and Chromium is told the outcome.
 */
export class WebSession {
  #check: CheckHandler = () => true
  #request: RequestHandler = (_contents, _permission, done) => done(true)
  origin = ''

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler
  }

  setDevicePermissionHandler(): void {
    // No device is offered to a page here at all.
  }

  async applyPermissions({ browser }: CdpConnection): Promise<void> {
    for (const [name, electronName] of PERMISSIONS) {
      const isChecked = this.#check(null, electronName, '', {})
      let isGranted = false
      this.#request(null, electronName, (granted) => (isGranted = granted), {})
      const setting = isChecked && isGranted ? 'granted' : 'denied'
      const permission = { permission: { name }, setting }
      // A name that this Chromium does not know is none that a page can ask for.
      await browser.send('Browser.setPermission', permission).catch(() => undefined)
    }
  }
}

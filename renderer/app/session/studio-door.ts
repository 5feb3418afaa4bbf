import { takeToken } from '../early/token.ts'
import { desktopHost } from '../host/desktop-host.ts'
import { browserDoor } from './browser-door.ts'
import { desktopDoor } from './desktop-door.ts'
import type { EngineDoor } from './engine-link.ts'

/** How this page reaches its engine. */
export function studioDoor(): EngineDoor {
  const desktop = desktopHost()
  if (desktop !== undefined) return desktopDoor(desktop)
  takeToken()
  return browserDoor(takeToken)
}

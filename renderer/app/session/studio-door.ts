import { browserDoor } from './browser-door.ts'
import type { EngineDoor } from './engine-link.ts'
import { takeToken } from './token.ts'

/** How this page reaches its engine. */
export function studioDoor(): EngineDoor {
  takeToken()
  return browserDoor(takeToken)
}

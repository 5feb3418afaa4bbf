/**
 * Built as a script of its own (vite.renderer.config.ts), which runs while the studio's is still being read: what that will need first
 * is on its way by then. It imports nothing but what lies beside it.
 */
import { greetEarly } from './greeted-socket.ts'
import { lastWorkspace } from './last-workspace.ts'
import { restore, STORED } from './stored-preferences.ts'
import { textsOf } from './texts.ts'
import { takeToken } from './token.ts'

void textsOf(restore(localStorage.getItem(STORED), navigator.language).language)
// The desktop's window asks for a port instead.
if (!('runnelHost' in window)) {
  const token = takeToken()
  if (token !== undefined) greetEarly({ token, workspace: lastWorkspace() })
}

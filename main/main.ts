import { join } from 'node:path'
import { app } from 'electron'
import type { Opening } from '../preload/host-api.ts'
import { APP_NAME, LINK_SCHEME } from './identity.ts'
import { parseCommandLine, parseDeepLink, parseOpenedFile } from './opening/parse-opening.ts'
import { registerPageScheme } from './pages/serve-pages.ts'
import { guardContents } from './security/guards.ts'
import { Studio } from './studio.ts'

// The life of the desktop app. dist/main/main.js has the other parts beside it, in a checkout as in a package.

const DIST = join(import.meta.dirname, '..')
const PARTS = {
  pages: join(DIST, 'renderer'),
  preload: join(DIST, 'preload/preload.cjs'),
  engine: join(DIST, 'engine/host/desktop/main.js'),
  worker: join(DIST, 'engine/host/worker/main.js'),
}

app.setName(APP_NAME)
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  let studio: Studio | undefined
  const early: Opening[] = []
  const ask = (opening: Opening | undefined): void => {
    if (opening === undefined) studio?.show()
    else if (studio === undefined) early.push(opening)
    else studio.ask(opening)
  }
  app.enableSandbox()
  registerPageScheme()
  guardContents()
  ask(parseCommandLine(process.argv.slice(1), process.cwd()))
  app.on('second-instance', (_event, argv, directory) => ask(parseCommandLine(argv.slice(1), directory)))
  // Of macOS, which tells files and links by events.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    ask(parseDeepLink(url))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    ask(parseOpenedFile(path, '/'))
  })
  app.on('activate', () => studio?.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', () => studio?.stop())
  // Only an installed app may claim the scheme: a checkout would leave a link to itself behind.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  void app
    .whenReady()
    .then(async () => {
      studio = await Studio.open(PARTS)
      for (const opening of early.splice(0)) studio.ask(opening)
      return studio
    })
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      app.exit(1)
    })
}

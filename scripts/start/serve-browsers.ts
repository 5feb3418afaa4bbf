import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { runCommandLine } from '../../engine/host/cli/command-line.ts'
import type { processTerminal } from '../../engine/host/cli/terminal.ts'
import { openDoor } from '../../engine/host/http/door.ts'
import { buildStale, SERVER } from '../build-parts.ts'
import { ROOT } from '../checks/run-tool.ts'
import { failureOf, servingOf } from './said.ts'

const CACHE = join(ROOT, '.cache')
const TOKEN_FILE = join(CACHE, 'studio-token')
const HOST = '127.0.0.1'

/**
 * Serves the studio until it is told to stop.
 *
 * The address is told before the engine is loaded, even before it is built: a browser starts meanwhile, and what it asks for waits.
 * At the first start of all there is no token yet to tell.
 */
export async function serveBrowsers(): Promise<void> {
  const port = process.env['PORT'] ?? '7400'
  const [door, token] = await Promise.all([
    openDoor(HOST, Number(port)),
    readFile(TOKEN_FILE, 'utf8').catch(() => undefined),
  ])
  const isTold = door !== undefined && token !== undefined
  if (isTold) tellAddress(door.url, token)
  await buildStale(['server', 'renderer'])
  // Pages see this folder and what is in it, nothing else: not the server's own folder, nor the token beside it.
  const workspaces = join(CACHE, 'workspaces')
  await mkdir(workspaces, { recursive: true })
  // Secrets are forgotten when it stops, unless a key is given.
  process.env['RUNNEL_KEY'] ??= randomBytes(24).toString('base64')
  const built = await builtServer()
  const exit = await built.runCommandLine(
    ['serve', '--data', join(CACHE, 'studio'), '--allow', workspaces, '--host', HOST, '--port', port, '--json'],
    {
      ...built.processTerminal(),
      directory: CACHE,
      writeOut: (text) => hear(text, token, isTold),
      ...(door && { door }),
    },
    untilStopped(),
  )
  process.exit(exit)
}

interface BuiltServer {
  readonly runCommandLine: typeof runCommandLine
  readonly processTerminal: typeof processTerminal
}

async function builtServer(): Promise<BuiltServer> {
  const [{ runCommandLine: run }, { processTerminal: terminal }] = await Promise.all([
    import(SERVER.commandLine),
    import(SERVER.terminal),
  ])
  return { runCommandLine: run, processTerminal: terminal }
}

/** What the server says, one JSON document each time. It keeps a hash of its first token only: here it is kept for the next start. */
async function hear(text: string, kept: string | undefined, isTold: boolean): Promise<void> {
  const said: unknown = JSON.parse(text)
  const failure = failureOf(said)
  if (failure !== undefined) return console.error(failure)
  const { url, first } = servingOf(said)
  if (first !== undefined) await writeFile(TOKEN_FILE, first, { mode: 0o600 })
  if (first !== undefined || !isTold) tellAddress(url, first ?? kept)
}

function tellAddress(url: string, token: string | undefined): void {
  console.log(`Open the studio: ${url}/${token === undefined ? '' : `#token=${encodeURIComponent(token)}`}`)
}

/** Aborted by Ctrl+C and by SIGTERM; who presses Ctrl+C again does not wait for anything to be cleaned up. */
function untilStopped(): AbortSignal {
  const stop = new AbortController()
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
  process.on('SIGTERM', () => stop.abort())
  return stop.signal
}

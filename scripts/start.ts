import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ALL_PARTS, buildStale, SERVER } from './build-parts.ts'
import { ROOT } from './checks/run-tool.ts'
import { startRunnel } from './runnel.ts'

// `npm start`: the desktop app where Electron's binary and a display are there, else the same studio in a browser.

const CACHE = join(ROOT, '.cache')

/** What helps when it was started by this script, for failures whose own advice is about the command line. */
const HERE: Readonly<Record<string, string>> = {
  'server.data_in_use': 'The studio runs already: open the address that its terminal shows, or stop it there.',
  'server.cannot_listen': 'PORT=7401 npm start takes another port.',
}

const electron = await electronProgram()
await mkdir(CACHE, { recursive: true })
if (electron === undefined) await serveBrowsers()
else await openDesktop(electron)

async function openDesktop(program: string): Promise<void> {
  await buildStale(ALL_PARTS)
  follow(spawn(program, [join(ROOT, 'dist')], { stdio: 'inherit' }))
}

async function serveBrowsers(): Promise<void> {
  await buildStale(['server', 'renderer'])
  const data = join(CACHE, 'studio')
  // Pages see this folder and what is in it, nothing else: not the server's own folder, nor the token beside it.
  const workspaces = join(CACHE, 'workspaces')
  await mkdir(workspaces, { recursive: true })
  const tokenFile = join(CACHE, 'studio-token')
  const port = process.env['PORT'] ?? '7400'
  const server = startRunnel(['serve', '--data', data, '--allow', workspaces, '--port', port, '--json'], {
    directory: CACHE,
    program: SERVER,
    // Secrets are forgotten when it stops, unless a key is given.
    variables: { RUNNEL_KEY: process.env['RUNNEL_KEY'] ?? randomBytes(24).toString('base64') },
  })
  follow(server)
  if (server.stdout === null) throw new Error('the server says nothing')
  for await (const line of createInterface({ input: server.stdout })) {
    const said: unknown = JSON.parse(line)
    const failure = failureOf(said)
    if (failure !== undefined) {
      console.error(failure)
      continue
    }
    const { url, first } = servingOf(said)
    // The server keeps a hash of its first token only: the token is shown again at the next start from here.
    if (first !== undefined) await writeFile(tokenFile, first, { mode: 0o600 })
    const token = first ?? (await readFile(tokenFile, 'utf8').catch(() => undefined))
    console.log(`Open the studio: ${url}/${token === undefined ? '' : `#token=${encodeURIComponent(token)}`}`)
  }
}

/** What went wrong and what to do, when that is what the server says; it ends then. */
function failureOf(said: unknown): string | undefined {
  if (typeof said !== 'object' || said === null || !('error' in said)) return undefined
  const { error } = said
  if (typeof error !== 'object' || error === null || !('message' in error)) return JSON.stringify(error)
  const next = 'next' in error ? String(error.next) : ''
  return `${String(error.message)}\n${('code' in error && HERE[String(error.code)]) || next}`
}

/** What the server says when it listens. By hand: this is on the way to the first screen, and a schema would have to be loaded. */
function servingOf(said: unknown): { readonly url: string; readonly first: string | undefined } {
  if (typeof said !== 'object' || said === null || !('url' in said) || typeof said.url !== 'string') {
    throw new Error(`the server says ${JSON.stringify(said)}`)
  }
  return { url: said.url, first: 'token' in said && typeof said.token === 'string' ? said.token : undefined }
}

/** Undefined without a display, or where the binary was never fetched: asking the package for it would download it. */
async function electronProgram(): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return undefined
  const folder = join(ROOT, 'node_modules/electron')
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => undefined)
  if (name === undefined) return undefined
  const program = join(folder, 'dist', name.trim())
  return access(program).then(
    () => program,
    () => undefined,
  )
}

/** Ends with the child. Ctrl+C reaches it as well; it stops in order first. */
function follow(child: ChildProcess): void {
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('close', (code) => {
    process.exitCode = code ?? 1
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { findChromium } from '../find-chromium.ts'
import { CdpConnection } from './cdp.ts'

const SWITCHES = [
  '--remote-debugging-port=0',
  '--no-startup-window',
  '--no-first-run',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--password-store=basic',
  '--force-color-profile=srgb',
]

export interface RunningChromium {
  readonly connection: CdpConnection
  readonly process: ChildProcess
  /** The line that Playwright waits for. */
  readonly line: string
}

/** Starts Chromium without a window; headless unless a display is named in RUNNEL_E2E_DISPLAY. */
export async function startChromium(profile: string): Promise<RunningChromium> {
  const display = process.env['RUNNEL_E2E_DISPLAY']
  const shown = display === undefined ? ['--headless=new'] : []
  const child = spawn(await findChromium(), [...SWITCHES, ...shown, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) },
  })
  process.on('exit', () => child.kill('SIGKILL'))
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    if (line.startsWith('DevTools listening on ')) resolve(line)
  })
  void once(child, 'exit').then(() => reject(new Error(`Chromium did not start: ${said.slice(-5).join(' ')}`)))
  const line = await promise
  return { line, process: child, connection: await CdpConnection.open(line.slice('DevTools listening on '.length)) }
}

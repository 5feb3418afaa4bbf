import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../../e2e/find-chromium.ts'
import { freePort } from '../../engine/testing/servers/free-port.ts'
import { buildStale } from '../../scripts/build-parts.ts'
import { ROOT } from '../../scripts/checks/run-tool.ts'
import { keptRounds } from '../harness/steal.ts'
import { quantile, roundsTold, type UiBench, type UiOptions, type UiResult } from './ui-bench.ts'

/** From `npm start` to a screen that can be used, the browser being opened when the address is printed. */
export const uiStart: UiBench = { name: 'ui-start', run: benchStart }

const ADDRESS = /https?:\/\/\S+/

interface Started {
  readonly ms: number
  /** Of what the page loaded, packed. */
  readonly kB: number
}

async function benchStart({ rounds, say }: UiOptions): Promise<Pick<UiResult, 'measures' | 'rounds'>> {
  await buildStale(['server', 'renderer'])
  const found = await keptRounds(
    rounds,
    async (round) => {
      const empty = await start(process.execPath, [join(import.meta.dirname, 'empty-window.ts')])
      const ours = await start('npm', ['start'], { PORT: String(await freePort()), DISPLAY: '', WAYLAND_DISPLAY: '' })
      say(`ui-start: round ${round}: ${Math.round(ours.ms)} ms, an empty window ${Math.round(empty.ms)} ms`)
      return { empty, ours }
    },
    say,
  )
  const turns = found.kept.map(({ value }) => value)
  const ours = middle(turns.map((turn) => turn.ours.ms))
  const empty = middle(turns.map((turn) => turn.empty.ms))
  return {
    rounds: roundsTold(found),
    measures: [
      { what: 'npm start to usable, in a browser, median', unit: 'ms', ours, compared: { 'empty window': empty } },
      { what: '  of that, times an empty window', unit: 'x', ours: ours / empty, compared: {}, goal: 1.5 },
      {
        what: 'first load, packed',
        unit: 'kB',
        ours: Math.max(...turns.map((turn) => turn.ours.kB)),
        compared: {},
        goal: 600,
      },
    ],
  }
}

function middle(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Starts a program that prints its address, opens a browser there, and waits until the navigation can be seen. */
async function start(program: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Started> {
  const executablePath = await findChromium()
  const began = performance.now()
  // A group of its own: `npm` does not hand on that it is to end.
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    const address = await printedAddress(child)
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      const sizes = packedSizes(page)
      await page.goto(address)
      await page.getByRole('navigation').first().waitFor()
      const ms = performance.now() - began
      await page.waitForLoadState('networkidle')
      return { ms, kB: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_000 }
    } finally {
      await browser.close()
    }
  } finally {
    await stop(child)
  }
}

async function printedAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the program has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = ADDRESS.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('the program ended without an address')
}

/** Grows while the page loads. */
function packedSizes(page: Page): Promise<number>[] {
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/assets/')) {
      sizes.push(response.body().then((body) => gzipSync(body).length))
    }
  })
  return sizes
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  await ended
}

import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { room } from '../../e2e/fixtures/studio-page.ts'
import { keptRounds } from '../harness/steal.ts'
import { writeUiRows } from './rows.ts'
import { askMs, type Frames, framesDuring, openUiSite, placeFile, UI_DATA, type UiSite } from './site.ts'
import { type Measure, quantile, roundsTold, type UiBench, type UiOptions, type UiResult } from './ui-bench.ts'

/** A grid over a Parquet file: the bar dragged to far places, and the wheel. Side by side with hightable over the same cursor. */
export const uiGrid: UiBench = {
  name: 'ui-grid',
  size: { what: 'rows', usual: 100_000_000 },
  run: benchGrid,
}

const JUMPS = 20
const WHEEL_PX = 6_000
const WHEEL_PX_PER_SECOND = 2_400

interface Turn {
  readonly jumps: readonly number[]
  readonly wheel: Frames
}

async function benchGrid({
  rows = 100_000_000,
  rounds,
  say,
}: UiOptions): Promise<Pick<UiResult, 'measures' | 'rounds'>> {
  await using site = await openUiSite({
    'connections/lake.yaml': 'version: 1\nkind: parquet\nsettings: { folder: data }\n',
  })
  say(`ui-grid: preparing ${rows} rows`)
  const file = await placeFile(await writeUiRows(UI_DATA, rows), join(site.workspace, 'data'))
  const dataset = `lake:${file.slice(file.lastIndexOf('/') + 1)}`
  const ours = await openGrid(site, dataset)
  const peer = await openPeer(site, dataset)
  const empty = await site.newPage()
  await site.pages.openEmpty(empty, site.studio.url)
  const found = await keptRounds(
    rounds,
    async (round) => {
      const turn = {
        ours: await measured(ours, '[role=grid]', round),
        hightable: await measured(peer, '#root', round),
        idle: await wheeled(empty),
      }
      say(`ui-grid: round ${round}: jump p95 ${ms(turn.ours.jumps)}, hightable ${ms(turn.hightable.jumps)}`)
      return turn
    },
    say,
  )
  const turns = found.kept.map(({ value }) => value)
  return {
    rounds: roundsTold(found),
    measures: measuresOf(
      turns.map((turn) => turn.ours),
      turns.map((turn) => turn.hightable),
      turns.map((turn) => turn.idle),
    ),
  }
}

function measuresOf(ours: readonly Turn[], hightable: readonly Turn[], idle: readonly Frames[]): Measure[] {
  const jumps = (turns: readonly Turn[], share: number): number =>
    quantile(
      turns.flatMap((turn) => turn.jumps),
      share,
    )
  const frames = (turns: readonly Frames[], share: number): number =>
    quantile(
      turns.flatMap((turn) => turn.frames),
      share,
    )
  const wheels = (turns: readonly Turn[]): Frames[] => turns.map(({ wheel }) => wheel)
  const compare = (share: number): Record<string, number> => ({
    idle: frames(idle, share),
    hightable: frames(wheels(hightable), share),
  })
  return [
    {
      what: 'jump to painted, median',
      unit: 'ms',
      ours: jumps(ours, 0.5),
      compared: { hightable: jumps(hightable, 0.5) },
    },
    {
      what: 'jump to painted, p95',
      unit: 'ms',
      ours: jumps(ours, 0.95),
      compared: { hightable: jumps(hightable, 0.95) },
      goal: 100,
    },
    { what: 'frame while the wheel turns, p95', unit: 'ms', ours: frames(wheels(ours), 0.95), compared: compare(0.95) },
    {
      what: 'frame while the wheel turns, longest',
      unit: 'ms',
      ours: frames(wheels(ours), 1),
      compared: compare(1),
      goal: 50,
    },
  ]
}

async function openGrid(site: UiSite, dataset: string): Promise<Page> {
  const page = await site.openStudio()
  await room(page, 'Connections and data').click()
  await page.getByRole('treeitem', { name: 'lake' }).click()
  await page.getByRole('treeitem', { name: new RegExp(dataset.slice('lake:'.length)) }).click()
  await page.getByRole('gridcell', { name: 'AC-7', exact: true }).waitFor()
  return page
}

async function openPeer(site: UiSite, dataset: string): Promise<Page> {
  const page = await site.newPage()
  const { url, token } = site.studio
  await site.pages.openPeer(page, url, 'grid-peer', { token, workspace: site.workspace, dataset })
  await page.getByRole('cell', { name: 'AC-7', exact: true }).waitFor()
  return page
}

async function measured(page: Page, grid: string, round: number): Promise<Turn> {
  await page.bringToFront()
  const jumps: number[] = []
  for (let jump = 0; jump < JUMPS; jump++) {
    // The golden ratio spreads places evenly, and none is seen twice. With all its digits: short ones fall on the edges of pages.
    const place = ((round * JUMPS + jump) * 0.618_033_988_749_895) % 1
    jumps.push(await askMs(page, `jump('${grid}', ${place})`))
  }
  return { jumps, wheel: await wheeled(page) }
}

async function wheeled(page: Page): Promise<Frames> {
  await page.bringToFront()
  const devtools = await page.context().newCDPSession(page)
  const frames = await framesDuring(page, () => turnWheel(devtools))
  await devtools.detach()
  return frames
}

/** The browser turns the wheel itself, at an even speed, in the middle of the page. */
async function turnWheel(devtools: CDPSession): Promise<void> {
  await devtools.send('Input.synthesizeScrollGesture', {
    x: 800,
    y: 500,
    yDistance: -WHEEL_PX,
    speed: WHEEL_PX_PER_SECOND,
    gestureSourceType: 'mouse',
  })
}

function ms(values: readonly number[]): string {
  return `${Math.round(quantile(values, 0.95))} ms`
}

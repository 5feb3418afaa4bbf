import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { openPipeline } from '../../e2e/fixtures/studio-page.ts'
import type { LayoutFile } from '../../engine/contract/layout-file.ts'
import type { PipelineFile } from '../../engine/contract/pipeline-file.ts'
import { printYaml } from '../../engine/workspace/write-yaml.ts'
import { keptRounds } from '../harness/steal.ts'
import { graphOf } from './graph.ts'
import { writeUiRows } from './rows.ts'
import { type Frames, framesDuring, openUiSite, placeFile, UI_DATA, type UiSite } from './site.ts'
import { type Measure, quantile, roundsTold, type UiBench, type UiOptions, type UiResult } from './ui-bench.ts'

/** A large pipeline moved about and zoomed, near and with nearly all of it in sight. Side by side with a plain React Flow page. */
export const uiCanvas: UiBench = {
  name: 'ui-canvas',
  size: { what: 'nodes', usual: 1_000 },
  run: benchCanvas,
}

const PANE = '.react-flow__pane'
const DATASET = 'lake:ui-rows-1000.parquet'

interface Turn {
  readonly near: Frames
  readonly far: Frames
  readonly zoomed: Frames
}

async function benchCanvas({
  rows: nodes = 1_000,
  rounds,
  say,
}: UiOptions): Promise<Pick<UiResult, 'measures' | 'rounds'>> {
  const { pipeline, layout } = pipelineOf(nodes)
  await using site = await openUiSite({
    'connections/lake.yaml': 'version: 1\nkind: parquet\nsettings: { folder: data }\n',
    'pipelines/large.yaml': printYaml(pipeline),
    'pipelines/large.layout.json': JSON.stringify(layout),
  })
  await placeFile(await writeUiRows(UI_DATA, 1_000), join(site.workspace, 'data'))
  const ours = await site.openStudio()
  await openPipeline(ours, 'large')
  await ours.locator('.react-flow__node').first().waitFor()
  const peer = await openPeer(site, ours, nodes)
  const empty = await site.newPage()
  await site.pages.openEmpty(empty, site.studio.url)
  const found = await keptRounds(
    rounds,
    async (round) => {
      const turn = { ours: await measured(ours), plain: await measured(peer), idle: await idle(empty) }
      say(`ui-canvas: round ${round}: near p95 ${p95(turn.ours.near)}, plain React Flow ${p95(turn.plain.near)}`)
      return turn
    },
    say,
  )
  const turns = found.kept.map(({ value }) => value)
  return {
    rounds: roundsTold(found),
    measures: measuresOf(
      turns.map((turn) => turn.ours),
      turns.map((turn) => turn.plain),
      turns.map((turn) => turn.idle),
    ),
  }
}

const PARTS = [
  { part: 'near', what: 'frame while panning', goal: 20 },
  { part: 'far', what: 'frame while panning, nearly all in sight', goal: 20 },
  { part: 'zoomed', what: 'frame while zooming', goal: undefined },
] as const

function measuresOf(ours: readonly Turn[], plain: readonly Turn[], empty: readonly Frames[]): Measure[] {
  const of = (all: readonly Frames[], share: number): number =>
    quantile(
      all.flatMap(({ frames }) => frames),
      share,
    )
  return PARTS.flatMap(({ part, what, goal }) =>
    [0.95, 1].map((share): Measure => {
      const compared = {
        idle: of(empty, share),
        'React Flow': of(
          plain.map((turn) => turn[part]),
          share,
        ),
      }
      const isGoal = share < 1 && goal !== undefined
      return {
        what: `${what}, ${share === 1 ? 'longest' : 'p95'}`,
        unit: 'ms',
        ours: of(
          ours.map((turn) => turn[part]),
          share,
        ),
        compared,
        ...(isGoal ? { goal } : {}),
      }
    }),
  )
}

/** The graph as a pipeline: what reads nothing is a source, what reads one a filter, what reads two their union. */
function pipelineOf(count: number): { readonly pipeline: PipelineFile; readonly layout: LayoutFile } {
  const { nodes } = graphOf(count)
  const config = ([first, second]: readonly string[]) => {
    if (first === undefined) return { type: 'source', dataset: DATASET }
    if (second === undefined) return { type: 'filter', input: first, where: 'amount > 10' }
    return { type: 'union', inputs: [first, second] }
  }
  return {
    pipeline: { version: 1, nodes: Object.fromEntries(nodes.map(({ name, inputs }) => [name, config(inputs)])) },
    layout: {
      version: 1,
      notes: [],
      groups: [],
      nodes: Object.fromEntries(nodes.map(({ name, x, y }) => [name, { x, y }])),
    },
  }
}

async function openPeer(site: UiSite, ours: Page, nodes: number): Promise<Page> {
  const { width, height } = await bare(ours)
  const page = await site.newPage()
  const asked = { nodes: String(nodes), width: String(width), height: String(height) }
  await site.pages.openPeer(page, site.studio.url, 'canvas-peer', asked)
  await page.locator('.react-flow__node').first().waitFor()
  return page
}

async function measured(page: Page): Promise<Turn> {
  await page.bringToFront()
  const near = await framesDuring(page, () => pan(page))
  const zoomed = await framesDuring(page, () => zoom(page))
  await page.locator('.react-flow__controls-fitview').click()
  const far = await framesDuring(page, () => pan(page))
  // As near again as it was.
  await zoomBy(page, -100, 18)
  return { near, far, zoomed }
}

/** Frames of a page with nothing in it while the same mouse moves over it. */
async function idle(page: Page): Promise<Frames> {
  await page.bringToFront()
  return framesDuring(page, () => drag(page, { x: 500, y: 300 }))
}

async function pan(page: Page): Promise<void> {
  await drag(page, await bare(page))
}

const STEPS = 90

/** Drags to and fro, so that it ends where it began. */
async function drag(page: Page, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= STEPS; step++) {
    const turn = (step / STEPS) * 2 * Math.PI
    await page.mouse.move(x - 300 + 300 * Math.cos(turn), y + 120 * Math.sin(turn))
  }
  await page.mouse.up()
}

async function zoom(page: Page): Promise<void> {
  await zoomBy(page, 60, 20)
  await zoomBy(page, -60, 20)
}

async function zoomBy(page: Page, deltaY: number, times: number): Promise<void> {
  const { x, y } = await bare(page)
  await page.mouse.move(x, y)
  for (let step = 0; step < times; step++) await page.mouse.wheel(0, deltaY)
}

const placeSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

async function bare(page: Page): Promise<z.infer<typeof placeSchema>> {
  return placeSchema.parse(await page.evaluate(`benchProbe.bare('${PANE}')`))
}

function p95({ frames }: Frames): string {
  return `${quantile(frames, 0.95).toFixed(1)} ms`
}

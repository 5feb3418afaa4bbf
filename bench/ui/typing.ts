import { execFile } from 'node:child_process'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { front, openPipeline } from '../../e2e/fixtures/studio-page.ts'
import { runnel } from '../../scripts/runnel.ts'
import { keptRounds } from '../harness/steal.ts'
import { writeUiRows } from './rows.ts'
import { keyMs, openUiSite, placeFile, UI_DATA, type UiSite } from './site.ts'
import { quantile, roundsTold, type UiBench, type UiOptions, type UiResult } from './ui-bench.ts'

/** A condition typed letter by letter: from each key to the rows of the preview, over a snapshot whose source is away. */
export const uiTyping: UiBench = {
  name: 'ui-typing',
  size: { what: 'rows of the snapshot', usual: 3_000_000 },
  run: benchTyping,
}

const FILES = {
  'connections/lake.yaml': 'version: 1\nkind: parquet\nsettings: { folder: data }\n',
  'pipelines/typed.yaml': `version: 1
nodes:
  lines: { type: source, dataset: "lake:lines" }
  priced:
    type: map
    input: lines
    rest: keep
    fields: [{ to: id, from: id }, { to: total, expr: amount * 2 }]
  kept: { type: filter, input: priced, where: id > 1 }
`,
}
/** The first value of the first row. */
const FIRST_CELL = '[role=row][aria-rowindex="2"] [role=gridcell][aria-colindex="2"]'

async function benchTyping({
  rows = 3_000_000,
  rounds,
  say,
}: UiOptions): Promise<Pick<UiResult, 'measures' | 'rounds'>> {
  const file = await writeUiRows(UI_DATA, rows)
  const name = file.slice(file.lastIndexOf('/') + 1)
  await using site = await openUiSite({
    ...FILES,
    'pipelines/typed.yaml': FILES['pipelines/typed.yaml'].replace('lake:lines', `lake:${name}`),
  })
  await takeSnapshot(site, file, `lake:${name}`)
  const digits = String(Math.floor(rows * 0.8)).slice(1)
  const page = await openExpression(site)
  const found = await keptRounds(
    rounds,
    async (round) => {
      const keys = await typed(page, digits)
      const burst = await typedAtOnce(page, digits)
      const bare = await bareQueries(site, digits)
      say(
        `ui-typing: round ${round}: p95 ${Math.round(quantile(keys, 0.95))} ms, bare DuckDB ${Math.round(quantile(bare, 0.95))} ms`,
      )
      return { keys, burst, bare }
    },
    say,
  )
  const turns = found.kept.map(({ value }) => value)
  const [keys, bare] = [turns.flatMap((turn) => turn.keys), turns.flatMap((turn) => turn.bare)]
  const of = (share: number) => ({ ours: quantile(keys, share), compared: { 'bare DuckDB': quantile(bare, share) } })
  return {
    rounds: roundsTold(found),
    measures: [
      { what: 'key to refreshed preview, median', unit: 'ms', ...of(0.5) },
      { what: 'key to refreshed preview, p95', unit: 'ms', ...of(0.95), goal: 300 },
      { what: 'key to refreshed preview, slowest', unit: 'ms', ...of(1) },
      {
        what: 'last of a row of quick keys, slowest',
        unit: 'ms',
        ours: Math.max(...turns.map((turn) => turn.burst)),
        compared: { 'bare DuckDB': quantile(bare, 1) },
      },
    ],
  }
}

/** Takes the snapshot, then takes the source away: previews work from the snapshot then. */
async function takeSnapshot(site: UiSite, file: string, dataset: string): Promise<void> {
  const data = join(site.workspace, 'data')
  await placeFile(file, data)
  await runnel(['snapshot', dataset, '--workspace', site.workspace], { directory: site.workspace })
  await rm(data, { recursive: true })
}

async function openExpression(site: UiSite): Promise<Page> {
  const page = await site.openStudio()
  await openPipeline(page, 'typed')
  await front(page).locator('.react-flow__node', { hasText: 'kept' }).click()
  await front(page).locator(FIRST_CELL).filter({ hasText: /^2$/ }).waitFor()
  await front(page).locator('.monaco-editor').first().click()
  await page.keyboard.press('Control+End')
  return page
}

/** `id > 1` becomes `id > 12…` key by key, then comes back. Each key waits for the rows of the one before. */
async function typed(page: Page, digits: string): Promise<number[]> {
  const keys: number[] = []
  for (let length = 1; length <= digits.length; length++) {
    keys.push(await pressed(page, digits.charAt(length - 1), firstAfter(digits, length)))
  }
  for (let length = digits.length - 1; length >= 0; length--) {
    keys.push(await pressed(page, 'Backspace', firstAfter(digits, length)))
  }
  return keys
}

/** All keys as quickly as people type; the time of the last one. */
async function typedAtOnce(page: Page, digits: string): Promise<number> {
  await page.keyboard.type(digits.slice(0, -1), { delay: 60 })
  const last = await pressed(page, digits.slice(-1), firstAfter(digits, digits.length))
  for (let length = 1; length < digits.length; length++) await page.keyboard.press('Backspace')
  await pressed(page, 'Backspace', firstAfter(digits, 0))
  return last
}

function pressed(page: Page, key: string, awaited: string): Promise<number> {
  return keyMs(page, key, `awaitText('${FIRST_CELL}', '${awaited}')`)
}

function firstAfter(digits: string, length: number): string {
  return String(Number(`1${digits.slice(0, length)}`) + 1)
}

/** The statements that the previews amount to, in a DuckDB of their own. */
async function bareQueries(site: UiSite, digits: string): Promise<number[]> {
  const folder = join(site.workspace, '.runnel/snapshots')
  const file = (await readdir(folder)).find((name) => name.endsWith('.parquet'))
  if (file === undefined) throw new Error('there is no snapshot')
  const queries = Array.from(
    { length: digits.length },
    (_, length) =>
      `SELECT *, amount * 2 AS total FROM read_parquet('${join(folder, file)}') WHERE id > 1${digits.slice(0, length + 1)} LIMIT 200`,
  )
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'bare-select.ts'),
    ...queries,
  ])
  return z.array(z.number()).parse(JSON.parse(stdout))
}

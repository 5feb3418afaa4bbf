import { rename, stat } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import type { Page } from 'playwright-core'
import { room } from '../../e2e/fixtures/studio-page.ts'
import { openDuck } from '../../engine/duck/open-duck.ts'
import { id, join, literal, sql } from '../../engine/sql/sql.ts'
import { keptRounds } from '../harness/steal.ts'
import { askMs, type Frames, framesDuring, keyMs, openUiSite, placeFile, UI_DATA, type UiSite } from './site.ts'
import { type Measure, quantile, roundsTold, type UiBench, type UiOptions, type UiResult } from './ui-bench.ts'

/** A database of very many tables opened in the tree, turned through and searched. */
export const uiTree: UiBench = {
  name: 'ui-tree',
  size: { what: 'tables', usual: 100_000 },
  run: benchTree,
}

/** Rows that are in sight when the tree is there. */
const SEEN_ROWS = 20
const KNOWN_TURNS = 5
/** Statements that create tables in one go. */
const AT_ONCE = 500

async function benchTree({
  rows: tables = 100_000,
  rounds,
  say,
}: UiOptions): Promise<Pick<UiResult, 'measures' | 'rounds'>> {
  say(`ui-tree: preparing ${tables} tables`)
  const file = await writeTables(tables)
  // The engine keeps a listing for a while: every round opens a connection that was never opened.
  const names = Array.from({ length: 2 * rounds }, (_, index) => `many_${String(index).padStart(2, '0')}`)
  const settings = `version: 1\nkind: duckdb\nsettings: { file: data/${file.slice(file.lastIndexOf('/') + 1)} }\n`
  await using site = await openUiSite(Object.fromEntries(names.map((name) => [`connections/${name}.yaml`, settings])))
  const placed = await placeFile(file, joinPath(site.workspace, 'data'))
  const empty = await site.newPage()
  await site.pages.openEmpty(empty, site.studio.url)
  const page = await openTree(site)
  let opened = 0
  const found = await keptRounds(
    rounds,
    async (round) => {
      const bare = await bareListing(placed)
      const first = await openLevel(page, opened++)
      const wheel = await turnedThrough(page)
      const idle = await turnedThrough(empty)
      await page.bringToFront()
      await closeLevel(page, opened - 1)
      const again = await openLevel(page, opened - 1)
      await closeLevel(page, opened - 1)
      say(`ui-tree: round ${round}: open ${Math.round(first)} ms, bare listing ${Math.round(bare)} ms`)
      return { bare, first, again, wheel, idle }
    },
    say,
  )
  const searched = await searchFor(page, tables)
  const known = await openedKnown(page)
  return {
    rounds: roundsTold(found),
    measures: measuresOf(
      found.kept.map(({ value }) => value),
      { searched, known },
    ),
  }
}

interface Turn {
  readonly bare: number
  readonly first: number
  readonly again: number
  readonly wheel: Frames
  readonly idle: Frames
}

interface Known {
  readonly searched: number
  readonly known: readonly number[]
}

function measuresOf(turns: readonly Turn[], { searched, known }: Known): Measure[] {
  const bare = quantile(
    turns.map((turn) => turn.bare),
    0.5,
  )
  const frames = (share: number) => ({
    ours: quantile(
      turns.flatMap(({ wheel }) => wheel.frames),
      share,
    ),
    compared: {
      idle: quantile(
        turns.flatMap(({ idle }) => idle.frames),
        share,
      ),
    },
  })
  const slowest = (times: readonly number[]): number => Math.max(...times)
  return [
    {
      what: 'first opened to painted, slowest',
      unit: 'ms',
      ours: slowest(turns.map(({ first }) => first)),
      compared: { 'bare listing': bare },
    },
    {
      what: 'opened, its listing known, to painted, slowest',
      unit: 'ms',
      ours: slowest(known),
      compared: {},
      goal: 500,
    },
    {
      what: 'opened again to painted, slowest',
      unit: 'ms',
      ours: slowest(turns.map(({ again }) => again)),
      compared: {},
      goal: 500,
    },
    { what: 'key in the search to painted', unit: 'ms', ours: searched, compared: {} },
    { what: 'frame while the wheel turns, p95', unit: 'ms', ...frames(0.95) },
    { what: 'frame while the wheel turns, longest', unit: 'ms', ...frames(1), goal: 50 },
  ]
}

/** A DuckDB file with so many empty tables, kept for the next time. */
async function writeTables(tables: number): Promise<string> {
  const path = joinPath(UI_DATA, `ui-tables-${tables}.duckdb`)
  if ((await stat(path).catch(() => undefined)) !== undefined) return path
  const unfinished = `${path}.unfinished`
  {
    await using duck = await openDuck({ path: unfinished, memoryLimitMb: 4_096 })
    await duck.run(sql`BEGIN`)
    for (let first = 0; first < tables; first += AT_ONCE) {
      const names = Array.from({ length: Math.min(AT_ONCE, tables - first) }, (_, index) => tableName(first + index))
      await duck.run(
        join(
          names.map((name) => sql`CREATE TABLE ${id(name)} (id INTEGER)`),
          '; ',
        ),
      )
    }
    await duck.run(sql`COMMIT`)
  }
  await rename(unfinished, path)
  return path
}

function tableName(table: number): string {
  return `table_${String(table).padStart(6, '0')}`
}

/** The names alone, by DuckDB with nothing around it: what any listing of such a file takes at least. */
async function bareListing(path: string): Promise<number> {
  const startedAt = performance.now()
  await using duck = await openDuck()
  await duck.run(sql`ATTACH ${literal(path)} AS many (READ_ONLY)`)
  await duck.rows(sql`SELECT table_name FROM duckdb_tables() ORDER BY table_name`)
  return performance.now() - startedAt
}

async function openTree(site: UiSite): Promise<Page> {
  const page = await site.openStudio()
  await room(page, 'Connections and data').click()
  await page.getByRole('treeitem', { name: 'many_00' }).waitFor()
  return page
}

const lineOf = (connection: number): string => `[role=tree] [data-index="${connection}"]`

function openLevel(page: Page, connection: number): Promise<number> {
  return askMs(page, `clickTo('${lineOf(connection)}', '[role=treeitem][aria-level="2"][aria-posinset]', ${SEEN_ROWS})`)
}

async function closeLevel(page: Page, connection: number): Promise<void> {
  await page.locator(lineOf(connection)).click()
  await page.locator('[role=treeitem][aria-level="2"]').first().waitFor({ state: 'detached' })
}

/** Down and up again. */
async function turnedThrough(page: Page): Promise<Frames> {
  await page.bringToFront()
  const devtools = await page.context().newCDPSession(page)
  const turn = (yDistance: number) =>
    devtools.send('Input.synthesizeScrollGesture', {
      x: 160,
      y: 500,
      yDistance,
      speed: 2_400,
      gestureSourceType: 'mouse',
    })
  const frames = await framesDuring(page, async () => {
    await turn(-6_000)
    await turn(8_000)
  })
  await devtools.detach()
  return frames
}

/** What the tree takes by itself: the engine knows the names, the page does not. */
async function openedKnown(page: Page): Promise<number[]> {
  const search = page.getByPlaceholder('Search datasets').first()
  const times: number[] = []
  for (let turn = 0; turn < KNOWN_TURNS; turn++) {
    // Every search begins a new tree, once all connections have answered it.
    await search.fill('table_')
    await page.locator('[role=treeitem][aria-level="2"][aria-posinset]').first().waitFor()
    const waiting = page.locator('[role=treeitem][data-quiet] [class*=loading]').first()
    await waiting.waitFor({ state: 'detached', timeout: 300_000 })
    await search.fill('')
    await page.locator('[role=treeitem][aria-level="2"]').first().waitFor({ state: 'detached' })
    times.push(await openLevel(page, 0))
  }
  return times
}

/** The last key of a name: from all that begin like it to the one. */
async function searchFor(page: Page, tables: number): Promise<number> {
  const name = tableName(tables - 1)
  await page.getByPlaceholder('Search datasets').first().fill(name.slice(0, -1))
  await page.locator('[role=treeitem][aria-level="2"]', { hasText: name }).first().waitFor()
  return keyMs(page, name.slice(-1), `awaitCount('[role=treeitem][aria-level="2"][aria-setsize="1"]', 1)`)
}

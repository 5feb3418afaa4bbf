import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DesktopStudio, openDesktop } from '../fixtures/desktop-studio.ts'
import { front, openPipeline, openSample, runFirst } from '../fixtures/studio-page.ts'

/** Takes minutes unless it is ended. */
const SLOW = `version: 1
nodes:
  flights: { type: source, dataset: history:flights-3m.parquet }
  slow:
    type: map
    input: flights
    fields: [{ to: work, expr: "list_sum(list_transform(range(100000), x -> x % (2 + abs(delay))))" }]
  load: { type: target, input: slow, dataset: lake:slow.parquet, mode: replace }
`

let studio: DesktopStudio
let page: Page
beforeAll(async () => {
  studio = await openDesktop()
  page = studio.page
  await openSample(page)
  await writeFile(join(studio.home, 'Documents/Runnel/sample/pipelines/slow.yaml'), SLOW)
  // A list that is shown is not read again when a file beside it changes.
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'sample' }).waitFor()
})
afterAll(() => studio[Symbol.asyncDispose]())

describe('the main job on the desktop', () => {
  it('shows real rows at every step, and what was refused', async () => {
    await openPipeline(page, 'orders')
    await front(page).getByText('checked', { exact: true }).first().click()
    await front(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    await front(page)
      .getByText(/^Rejected \([1-9]\d*\)$/)
      .click()
    await front(page).getByText('金额为负').first().waitFor()
  })

  it('runs in a process of its own that main started, accounts for every row, and keeps what was refused', async () => {
    await runFirst(page)
    await expect.poll(() => studio.processes('worker')).toHaveLength(1)
    await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
    const count = async (name: string): Promise<number> =>
      Number((await front(page).locator(`[data-name=${name}] dd`).innerText()).replaceAll(/\D/g, ''))
    const [read, generated, written] = [await count('read'), await count('generated'), await count('written')]
    const [rejected, filtered] = [await count('rejected'), await count('filtered')]
    expect(read + generated).toBe(written + rejected + filtered)
    expect(rejected).toBeGreaterThan(0)
    await front(page).getByRole('tab', { name: 'Receipt' }).click()
    await front(page).getByText('checksum agrees').first().waitFor()
    await front(page).getByRole('tab', { name: 'Rejected' }).click()
    await front(page).getByRole('cell', { name: 'orders.csv:77', exact: true }).waitFor()
    await expect.poll(() => studio.processes('worker')).toEqual([])
  })

  it('begins a run again whose process was killed, and ends it when it is told to', async () => {
    await page.getByRole('region', { name: 'Pipelines' }).getByRole('button', { name: /^slow/ }).click()
    await page.getByRole('toolbar', { name: 'Pipeline' }).waitFor()
    await runFirst(page)
    await expect.poll(() => studio.processes('worker')).toHaveLength(1)
    const [killed = 0] = await studio.processes('worker')
    process.kill(killed, 'SIGKILL')
    await expect.poll(async () => (await studio.processes('worker')).filter((pid) => pid !== killed)).toHaveLength(1)
    await front(page).getByRole('button', { name: 'Cancel run' }).click()
    // It is said what that leaves, and asked once.
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
    await front(page).getByText('cancelled').first().waitFor()
    await expect.poll(() => studio.processes('worker')).toEqual([])
  })

  it('leaves no run behind whose engine died', async () => {
    await front(page).getByRole('button', { name: 'Run again' }).click()
    await expect.poll(() => studio.processes('worker')).toHaveLength(1)
    const [engine = 0] = await studio.processes('engine')
    process.kill(engine, 'SIGKILL')
    await expect.poll(() => studio.processes('worker')).toEqual([])
    await expect.poll(async () => (await studio.processes('engine')).filter((pid) => pid !== engine)).toHaveLength(1)
  })
})

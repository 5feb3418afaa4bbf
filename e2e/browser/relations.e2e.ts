import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
  const workspace = join(studio.workspaces, 'related')
  for (const folder of ['connections', 'data']) await mkdir(join(workspace, folder), { recursive: true })
  await writeFile(join(workspace, 'runnel.yaml'), 'version: 1\nname: related\n')
  await writeFile(join(workspace, 'connections/files.yaml'), 'version: 1\nkind: text\nsettings: { folder: data }\n')
  const towns = Array.from({ length: 60 }, (_, i) => `T${i},land ${i}`)
  const visits = Array.from({ length: 600 }, (_, i) => `v${i},${i === 7 ? 'Nowhere' : `T${i % 60}`}`)
  await writeFile(join(workspace, 'data/towns.csv'), `code,land\n${towns.join('\n')}\n`)
  await writeFile(join(workspace, 'data/visits.csv'), `visit,town\n${visits.join('\n')}\n`)
  page = await studio.newPage()
  await signIn(page, studio)
  await page.getByRole('button', { name: 'Open workspace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^related/ }).click()
  await dialog.getByRole('button', { name: 'Open workspace…' }).click()
  await room(page, 'Connections and data').click()
  await page.getByRole('treeitem', { name: 'files' }).click()
  await page.getByRole('treeitem', { name: /visits\.csv/ }).click()
  await front(page).getByRole('gridcell', { name: 'v0', exact: true }).waitFor()
})
afterAll(() => studio[Symbol.asyncDispose]())

describe('relations between datasets', () => {
  it('are found from the profile of one of them, with their orphans', async () => {
    await front(page).getByRole('tab', { name: 'Profile' }).click()
    await front(page).getByRole('button', { name: 'Relate to other datasets…' }).click()
    const other = front(page).getByRole('combobox', { name: /^Dataset to compare/ })
    await other.fill('files:towns.csv')
    await other.press('Enter')
    await front(page).getByRole('button', { name: 'Leave out files:towns.csv' }).waitFor()
    await front(page).getByRole('button', { name: 'Compare their values' }).click()
    const line = front(page).getByRole('listitem').filter({ hasText: 'Foreign key' })
    await line.getByText('files:visits.csv · town').waitFor()
    await line.getByText('1 orphan row: Nowhere').waitFor()
    const { violations } = await new AxeBuilder({ page }).include('main').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })

  it('become rules, and their orphans rows', async () => {
    const line = front(page).getByRole('listitem').filter({ hasText: 'Foreign key' })
    await line.getByRole('button', { name: 'Make a rule' }).click()
    const results = front(page).getByRole('region', { name: 'What the rules say' })
    await results.getByText('town.foreign_key', { exact: true }).waitFor()
    expect(await readFile(join(studio.workspaces, 'related/rules/files-visits-csv.yaml'), 'utf8')).toContain(
      'towns.csv',
    )
    await page.getByRole('tab', { name: 'What datasets have in common' }).click()
    await line.getByRole('button', { name: 'Show orphan rows' }).click()
    await front(page).getByRole('button', { name: 'Run', exact: true }).click()
    await front(page).getByRole('gridcell', { name: 'Nowhere', exact: true }).waitFor()
    expect(await front(page).getByRole('gridcell', { name: 'T1', exact: true }).count()).toBe(0)
    expect(studio.faults()).toEqual([])
  })
})

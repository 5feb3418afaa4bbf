import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openPipeline, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

const PIPELINE = `version: 1
nodes:
  people: { type: source, dataset: "files:people.csv" }
  coded: { type: convert_code, input: people, column: sex, codes: { M: "1" } }
  named:
    type: map
    input: coded
    fields:
      - { to: customerName, from: name }
      - { to: sex }
  out: { type: target, input: named, dataset: "files:out.csv", mode: replace }
`

beforeAll(async () => {
  studio = await openBrowserStudio()
  const workspace = join(studio.workspaces, 'housed')
  for (const folder of ['connections', 'data', 'pipelines', 'standards/codes'])
    await mkdir(join(workspace, folder), { recursive: true })
  await writeFile(join(workspace, 'runnel.yaml'), 'version: 1\nname: housed\n')
  await writeFile(join(workspace, 'connections/files.yaml'), 'version: 1\nkind: text\nsettings: { folder: data }\n')
  await writeFile(join(workspace, 'data/people.csv'), 'id,name,sex\n1,Ann,F\n2,Bob,M\n')
  await writeFile(join(workspace, 'pipelines/people.yaml'), PIPELINE)
  await writeFile(
    join(workspace, 'standards/house.yaml'),
    'version: 1\nnaming: { case: snake }\nterms: [{ name: cust_name, en: customer name }]\n',
  )
  await writeFile(
    join(workspace, 'standards/codes/sex.yaml'),
    'version: 1\ncodes: [{ code: "1" }, { code: "2" }]\nmappings: { crm: { M: "1", F: "2" } }\n',
  )
  page = await studio.newPage()
  await signIn(page, studio)
  await page.getByRole('button', { name: 'Open workspace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^housed/ }).click()
  await dialog.getByRole('button', { name: 'Open workspace…' }).click()
  await room(page, 'Pipelines').waitFor()
  await openPipeline(page, 'people')
  await front(page).getByText('List', { exact: true }).click()
})
afterAll(() => studio[Symbol.asyncDispose]())

describe('standards in a pipeline', () => {
  it('give a node the codes of a list', async () => {
    await front(page)
      .getByRole('button', { name: /^coded/ })
      .click()
    await front(page).getByRole('combobox', { name: 'Take the codes from a code list' }).click()
    await page.locator('.ant-select-item-option[title="sex · crm"]').click()
    await front(page).getByRole('gridcell', { name: '2', exact: true }).nth(1).waitFor()
  })

  it('are told in the mapping editor, and kept by one click', async () => {
    await front(page)
      .getByRole('button', { name: /^named/ })
      .click()
    await front(page).getByText('Mapping', { exact: true }).click()
    await front(page).getByRole('button', { name: '1 departure from standards' }).click()
    await page.getByText('customerName is called cust_name').waitFor()
    await page.keyboard.press('Escape')
    const { violations } = await new AxeBuilder({ page }).include('main').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await front(page).getByRole('button', { name: 'Mend 1 by the standards' }).click()
    await front(page).getByRole('button', { name: '1 departure from standards' }).waitFor({ state: 'detached' })
    await front(page).getByRole('button', { name: 'Save' }).click()
    await front(page).getByRole('button', { name: 'Save' }).and(page.locator(':disabled')).waitFor()
    const text = await readFile(join(studio.workspaces, 'housed/pipelines/people.yaml'), 'utf8')
    expect(text).toContain('to: cust_name')
    expect(text).toContain('mapping: crm')
    expect(studio.faults()).toEqual([])
  })
})

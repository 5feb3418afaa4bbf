import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openSample, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  await room(page, 'Connections and data').click()
  await page.getByRole('button', { name: 'Settings of crm' }).click()
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
})

const values = (name: string): Locator => front(page).getByRole('radiogroup', { name: 'Values of' }).getByText(name)
const button = (name: string): Locator => front(page).getByRole('button', { name, exact: true })
const file = (): Locator => front(page).getByRole('group', { name: 'File' })
const written = (path: string): Promise<string> =>
  readFile(join(studio.workspaces, 'sample', path), 'utf8').catch(() => '')

/** Each step goes on from the one before. */
describe('the environments of a connection', () => {
  it('show the value of everywhere beside their own', async () => {
    await values('server').click()
    await file().getByText('data/customers.sqlite').waitFor()
    expect(await file().getByRole('textbox').inputValue()).toBe('${env:SAMPLE_DATA}/customers.sqlite')
  })

  it('are added, and get a value by keyboard alone', async () => {
    await button('Add an environment…').focus()
    await page.keyboard.press('Enter')
    await front(page).locator('input:focus').waitFor()
    await page.keyboard.type('dev')
    await expect.poll(() => front(page).getByLabel('Name of the environment').inputValue()).toBe('dev')
    await page.keyboard.press('Enter')
    await file().getByRole('button', { name: 'Own value' }).focus()
    await page.keyboard.press('Enter')
    await expect
      .poll(() =>
        file()
          .getByRole('textbox')
          .evaluate((input) => input === document.activeElement),
      )
      .toBe(true)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('dev/customers.sqlite')
    await page.keyboard.press('Control+s')
    await expect.poll(() => written('environments/dev.yaml')).toContain('dev/customers.sqlite')
    expect(await written('connections/crm.yaml')).toContain('data/customers.sqlite')
  })

  it('are compared side by side', async () => {
    await values('Side by side').click()
    const line = front(page).getByRole('row', { name: /^Database file/ })
    await expect
      .poll(() => line.getByRole('cell').allInnerTexts())
      .toEqual([
        'data/customers.sqlite',
        'dev/customers.sqlite',
        'data/customers.sqlite',
        '${env:SAMPLE_DATA}/customers.sqlite',
      ])
  })

  it('are tested with their own values', async () => {
    await button('dev').click()
    await button('Test connection').click()
    await front(page).getByText('The connection does not work yet.').waitFor()
    await values('Everywhere').click()
    await button('Test again').click()
    await front(page).getByText('The connection works.').waitFor()
  })

  it('go back to the value of everywhere', async () => {
    await values('dev').click()
    await file().getByRole('button', { name: 'As everywhere' }).click()
    await button('Save').click()
    await expect.poll(() => written('environments/dev.yaml')).not.toContain('crm')
    await page.reload()
    await values('dev').click()
    await file().getByRole('button', { name: 'Own value' }).waitFor()
  })
})

describe('snapshots', () => {
  it('say where they come from and how old they are, and are all taken again', async () => {
    await page.getByRole('treeitem', { name: /^crm/ }).click()
    await page.getByRole('treeitem', { name: 'customers' }).click()
    await front(page).getByRole('tab', { name: 'Snapshot' }).click()
    await button('Take a snapshot').click()
    await front(page)
      .getByText(/(now|ago), from local$/)
      .waitFor()
    await page.getByRole('button', { name: 'All snapshots' }).first().click()
    const list = front(page).getByRole('list', { name: 'Snapshots' })
    await list
      .getByRole('listitem')
      .getByText(/from local$/)
      .waitFor()
    const before = await list.locator('time').getAttribute('datetime')
    await button('Refresh all').click()
    await front(page).getByRole('status').getByText('Ended: 1 of 1').waitFor()
    await expect.poll(() => list.locator('time').getAttribute('datetime')).not.toBe(before)
  })

  it('that cannot be taken again say why, and stay as they are', async () => {
    const database = join(studio.workspaces, 'sample/data/customers.sqlite')
    await rename(database, `${database}.away`)
    const list = front(page).getByRole('list', { name: 'Snapshots' })
    await button('Refresh all').click()
    await list.getByText('failed', { exact: true }).waitFor()
    await list.getByRole('alert').waitFor()
    await rename(`${database}.away`, database)
    await button('Refresh all').click()
    await list.getByText('done', { exact: true }).waitFor()
  })
})

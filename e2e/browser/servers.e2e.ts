import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
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
})
afterAll(() => studio[Symbol.asyncDispose]())

async function choose(label: string, name: string): Promise<void> {
  await front(page).getByRole('combobox', { name: label }).click()
  await page.getByTitle(name, { exact: true }).last().click()
}

/** Each step goes on from the one before: a job's way to a server and back. */
describe('a job and its server', () => {
  it('shows the next ten times of its schedule', async () => {
    await room(page, 'Jobs').click()
    await page
      .getByRole('region', { name: 'Jobs' })
      .getByRole('button', { name: /^nightly/ })
      .click()
    const times = front(page).getByRole('list', { name: 'The next ten times' }).getByRole('listitem')
    await expect.poll(() => times.count()).toBe(10)
  })

  it('a server with a wrong token is not added, with the right one it is', async () => {
    await room(page, 'Servers').click()
    await page.getByRole('button', { name: 'Add server' }).click()
    await page.getByLabel('Name').fill('here')
    await page.getByLabel('Address').fill(studio.url)
    await page.getByLabel('Access token').fill('wrong')
    await page.getByRole('button', { name: 'Check and add' }).click()
    await page.getByRole('region', { name: 'Servers' }).getByRole('alert').waitFor()
    await page.getByLabel('Access token').fill(studio.token)
    const words = { name: 'ca.pem', mimeType: 'text/plain', buffer: Buffer.from('words') }
    await page.locator('input[type=file]').setInputFiles(words)
    await page.getByRole('button', { name: 'Check and add' }).click()
    await page.getByText('This is no certificate of an authority').waitFor()
    await page.getByLabel('Certificate of a private authority').fill('')
    await page.getByRole('button', { name: 'Check and add' }).click()
    await page.getByRole('region', { name: 'Servers' }).getByRole('button', { name: /^here/ }).waitFor()
  })

  it('the push says what it changes, and why the server refuses what cannot run there', async () => {
    await front(page).getByRole('button', { name: 'Push to server…' }).click()
    await front(page).getByText('This job is not on the server yet.').waitFor()
    await front(page)
      .getByRole('button', { name: /jobs\/nightly\.yaml/ })
      .waitFor()
    await front(page).getByRole('button', { name: 'Push to here' }).click()
    await front(page).getByText('The server refused it').waitFor({ timeout: 60_000 })
  })

  it('with the environment of the server it is taken, and runs there', async () => {
    await choose('Environment', 'server')
    await front(page).getByRole('button', { name: 'Push to here' }).click()
    await front(page).getByText('The new version is active.').waitFor({ timeout: 60_000 })
    await front(page).getByRole('button', { name: 'Open server' }).click()
    const job = front(page).getByRole('region', { name: 'nightly' })
    expect(await job.getByRole('button', { name: 'Roll back' }).isDisabled()).toBe(true)
    await job.getByRole('button', { name: 'Run now' }).click()
    await front(page)
      .getByRole('row', { name: /nightly.*succeeded/ })
      .waitFor({ timeout: 90_000 })
  })

  it('a change is compared with what is there, pushed, and rolled back', async () => {
    await appendFile(join(studio.workspaces, 'sample/pipelines/flights.yaml'), '# changed\n')
    await page.getByRole('tab', { name: 'Push to server' }).click()
    await choose('Environment', 'server')
    await page.reload()
    await front(page).getByRole('combobox', { name: 'Job' }).waitFor()
    await choose('Environment', 'server')
    await front(page).getByText('What changes against the version that is active there:').waitFor()
    await front(page)
      .getByRole('button', { name: /pipelines\/flights\.yaml changed/ })
      .click()
    await front(page).locator('.monaco-diff-editor').waitFor()
    await front(page).getByRole('button', { name: 'Push to here' }).click()
    await front(page).getByText('The new version is active.').waitFor({ timeout: 60_000 })
    await front(page).getByRole('button', { name: 'Open server' }).click()
    const job = front(page).getByRole('region', { name: 'nightly' })
    await job.getByRole('button', { name: 'Roll back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await front(page).getByRole('alert').count()).toBe(0)
  })
})

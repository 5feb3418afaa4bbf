import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSshd, type TestSshd } from '../../engine/testing/places/sshd.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openSample, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page
let directory: string
let sshd: TestSshd

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-sshd-'))
  sshd = await startSshd(join(directory, 'sshd'))
  await mkdir(join(directory, 'out'))
  await writeFile(join(directory, 'out', 'orders.csv'), 'id,customer\n1,Ada\n2,林\n')
  studio = await openBrowserStudio()
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
  await sshd[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

const field = (name: RegExp): Locator => front(page).getByRole('textbox', { name })
const stages = (): Locator => front(page).getByRole('list', { name: 'Self-test' }).getByRole('listitem')

/** Each step goes on from the one before. */
describe('files on an SFTP server', () => {
  it('are asked for where they lie, and secrets only for a place that takes them', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('button', { name: 'New connection' }).click()
    await front(page)
      .getByRole('button', { name: /Delimited text/ })
      .click()
    await field(/^Folder/).waitFor()
    expect(await front(page).getByLabel('Private key').count()).toBe(0)
    const choose = front(page).getByRole('combobox', { name: 'Form of the value' })
    await choose.click()
    await page.locator('.ant-select-item-option').filter({ hasText: 'SFTP' }).click()
    await front(page).getByLabel('Private key').waitFor()
    expect(await front(page).getByLabel('Secret key').count()).toBe(0)
  })

  it('are not reached before the server is known by its key, which the self-test tells', async () => {
    await field(/^Name$/).fill('partner')
    await field(/^Host/).fill('127.0.0.1')
    await front(page).getByRole('spinbutton', { name: 'Port' }).fill(String(sshd.port))
    await field(/^User/).fill(sshd.user)
    await field(/^Folder there/).fill(join(directory, 'out'))
    // A field of one line takes the line breaks away.
    await front(page).getByLabel('Private key').fill(sshd.privateKey)
    await front(page).getByRole('button', { name: 'Test connection' }).click()
    await stages().filter({ hasText: 'Sign in failed' }).filter({ hasText: sshd.hostKey }).waitFor()
    await field(/^Fingerprint/).fill(sshd.hostKey)
    await front(page).getByRole('button', { name: 'Test again' }).click()
    await front(page).getByText('The connection works.').waitFor()
    await stages().filter({ hasText: 'orders.csv can be read' }).waitFor()
  })

  it('are listed and shown once it is saved, and the key is not in its file', async () => {
    await front(page).getByRole('button', { name: 'Save', exact: true }).click()
    const tree = page.getByRole('tree')
    await tree.getByRole('treeitem', { name: /^partner/ }).click()
    await tree.getByRole('treeitem', { name: /^orders\.csv/ }).click()
    await front(page).getByText('林').first().waitFor()
    const written = await readFile(join(studio.workspaces, 'sample', 'connections', 'partner.yaml'), 'utf8')
    expect(written).toContain('hostKey: SHA256:')
    expect(written).not.toContain('PRIVATE')
  })
})

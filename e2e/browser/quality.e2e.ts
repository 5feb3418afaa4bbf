import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { flowsInTheSample, page, studio } from '../fixtures/sample-flows.ts'
import { front, room } from '../fixtures/studio-page.ts'

const PATIENT = { timeout: 90_000 }

flowsInTheSample()
beforeEach(() => room(page, 'Quality and privacy').click())

describe('rules', () => {
  it('are made from suggestions, counted while they change, and checked on all rows', async () => {
    const dataset = page.getByRole('textbox', { name: 'Dataset, connection:name' })
    await dataset.fill('files:orders.csv')
    await dataset.press('Enter')
    const results = front(page).getByRole('region', { name: 'What the rules say' })
    await results.getByText('row_count', { exact: true }).waitFor(PATIENT)
    await front(page).getByRole('button', { name: 'Suggest rules' }).click()
    await front(page)
      .getByRole('button', { name: /^Take all/ })
      .click(PATIENT)
    await results
      .getByText(/\.(unique|not_blank|not_null)$/)
      .first()
      .waitFor(PATIENT)
    await front(page).getByRole('button', { name: 'Save' }).click()
    await front(page).getByRole('button', { name: 'Check all rows' }).click()
    await results.getByText(/^all [\d,]+ rows$/).waitFor(PATIENT)
  })
})

describe('a policy', () => {
  it('is seen at work, masks a snapshot, and the work goes on without the source', async () => {
    const name = page.getByRole('textbox', { name: 'Name of a new policy' })
    await name.fill('strict')
    await name.press('Enter')
    await front(page)
      .getByRole('textbox', { name: /^Try on dataset/ })
      .fill('crm:customers')
    await front(page).getByRole('button', { name: 'Suggest masks' }).click()
    await front(page).getByRole('button', { name: 'Make the key workspace' }).click(PATIENT)
    const preview = front(page).getByRole('region', { name: 'Rows before and after' })
    await preview.getByText('pseudonym').first().waitFor(PATIENT)
    const phone = preview.locator('del', { hasText: /\d{8}/ }).first()
    const original = (await phone.textContent()) ?? ''
    await front(page).getByRole('button', { name: 'Save' }).click()
    await front(page).getByRole('button', { name: 'Take a masked snapshot…' }).click()
    await front(page).getByText('Snapshot', { exact: true }).click()
    await front(page).getByRole('combobox', { name: 'Masking policy' }).click()
    await page.locator('.ant-select-item-option[title="strict"]').click()
    await front(page).getByRole('button', { name: 'Take a snapshot' }).click()
    await front(page)
      .getByText(/^Masked by the policy strict/)
      .waitFor(PATIENT)
    await front(page)
      .getByRole('switch', { name: /Show this snapshot/ })
      .click()
    await front(page).getByText('Data', { exact: true }).click()
    await front(page).getByRole('gridcell').first().waitFor(PATIENT)
    expect(original.length).toBeGreaterThan(1)
    // The rows of the source go when those of the snapshot are there, and do not come back.
    await front(page).getByRole('gridcell', { name: original, exact: true }).waitFor({ state: 'detached' })
    await front(page).getByRole('gridcell').first().waitFor(PATIENT)
    expect(await front(page).getByRole('gridcell', { name: original, exact: true }).count()).toBe(0)
    expect(await filesWith(studio.workspaces, original)).toEqual([])
  })
})

describe('a standard', () => {
  it('tells what departs from it while it is written, and leads there', async () => {
    const name = page.getByRole('textbox', { name: 'Name of a new standard' })
    await name.fill('house')
    await name.press('Enter')
    const of = front(page).getByRole('textbox', { name: /^Dataset or pipeline/ })
    await of.fill('files:orders.csv')
    const found = front(page).getByRole('region', { name: 'Deviations from the standard' })
    await found.getByText('Everything keeps to this standard').waitFor(PATIENT)
    const text = front(page).getByRole('textbox', { name: 'Text of the standard house' })
    await text.press('ControlOrMeta+A')
    await page.keyboard.insertText('version: 1\nterms: [{ name: amount, zh: 金额 }]\n')
    await found.getByText('rename to amount').waitFor(PATIENT)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await front(page).getByRole('button', { name: 'Save' }).click()
    await found.getByRole('button', { name: 'Open files:orders.csv' }).click()
    await front(page).getByRole('gridcell').first().waitFor(PATIENT)
  })
})

/** Files of local state in which a text can be read. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.parentPath.includes('.runnel'))
  const found: string[] = []
  for (const { parentPath, name } of files) {
    if ((await readFile(join(parentPath, name))).includes(text)) found.push(name)
  }
  return found
}

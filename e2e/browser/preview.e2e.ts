import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator } from 'playwright-core'
import { it } from 'vitest'
import { flowsInTheSample, page, studio } from '../fixtures/sample-flows.ts'
import { front, openPipeline } from '../fixtures/studio-page.ts'

const RUNNEL = join(import.meta.dirname, '../../engine/host/cli/main.ts')

flowsInTheSample()

const text = (words: string | RegExp): Locator => front(page).getByText(words)
const cell = (name: string): Locator => front(page).getByRole('gridcell', { name, exact: true })

async function write(name: string, pipeline: string): Promise<void> {
  await writeFile(join(studio.workspaces, 'sample/pipelines', `${name}.yaml`), pipeline)
}

it('tells why a row is not here: where it was lost, and that it never was', async () => {
  await write(
    'lost',
    `version: 1
nodes:
  orders: { type: source, dataset: files:orders.csv }
  others: { type: filter, input: orders, where: "订单号 <> 'DD000000001'" }
`,
  )
  await openPipeline(page, 'lost')
  await front(page).getByText('others', { exact: true }).first().click()
  await front(page).getByRole('gridcell', { name: /^DD/ }).first().waitFor()
  await text('Way of a row').click()
  const steps = front(page).getByRole('list', { name: 'Steps of the row' })
  const ask = async (value: string): Promise<void> => {
    await front(page).getByRole('textbox', { name: 'Value' }).fill(value)
    await front(page).getByRole('button', { name: 'Ask', exact: true }).click()
  }
  await ask('DD000000001')
  await steps.locator('[data-outcome=filtered]', { hasText: 'others' }).waitFor()
  await steps.getByText('orders.csv:2').first().waitFor()
  await ask('no such order')
  await steps.locator('[data-outcome=not_found]', { hasText: 'orders' }).waitFor()
})

it('works from a snapshot, says so, and says when there is none', async () => {
  await write('away', 'version: 1\nnodes:\n  orders: { type: source, dataset: files:orders.csv }\n')
  await openPipeline(page, 'away')
  await front(page).getByText('orders', { exact: true }).first().click()
  await cell('DD000000001').first().waitFor()
  await front(page).getByRole('checkbox', { name: 'Snapshots only' }).click()
  await text(/There is no snapshot/)
    .first()
    .waitFor()
  const folder = join(studio.workspaces, 'sample')
  await promisify(execFile)(process.execPath, [RUNNEL, 'snapshot', 'files:orders.csv', '--first', '50', '-w', folder])
  await front(page).getByRole('button', { name: 'Try again' }).click()
  await text(/offline, snapshot of/).waitFor()
  await cell('DD000000001').first().waitFor()
})

it('is stopped when a person does not want to wait, and goes on when asked', async () => {
  await write(
    'slow',
    `version: 1
nodes:
  orders: { type: source, dataset: files:orders.csv }
  slow: { type: sql, inputs: [orders], sql: "SELECT count(*) AS found FROM orders a, orders b, range(100000) WHERE hash(a.订单号, b.订单号, range) % 7 = 3" }
`,
  )
  await openPipeline(page, 'slow')
  await front(page).getByText('slow', { exact: true }).first().click()
  await front(page).getByRole('button', { name: 'Stop', exact: true }).click()
  await front(page).getByRole('button', { name: 'Read the rows' }).waitFor()
})

it('lists everything that is wrong, and leads to its node', async () => {
  await write(
    'wrong',
    `version: 1
nodes:
  orders: { type: source, dataset: files:orders.csv }
  kept: { type: filter, input: orders, where: "nothing_like_it > 1" }
  lost: { type: limit, input: orders }
`,
  )
  await openPipeline(page, 'wrong')
  const problems = front(page).getByRole('region', { name: 'Problems of the pipeline' })
  await problems.getByText('2 errors').click()
  await problems.getByText(/nothing_like_it/).waitFor()
  await problems.getByRole('button', { name: 'lost' }).click()
  await front(page).getByRole('textbox', { name: 'Name' }).first().waitFor()
})

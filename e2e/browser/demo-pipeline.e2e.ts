import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { addEntry, addNode, choose, fillChoice, mapColumn, settings } from '../fixtures/node-form.ts'
import { item, newPipeline, wires } from '../fixtures/pipeline-page.ts'
import { front, openSample, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
  page = await studio.newPage()
  page.setDefaultTimeout(60_000)
  await signIn(page, studio)
  await openSample(page)
})
afterAll(() => studio[Symbol.asyncDispose]())

const TYPES = {
  订单号: 'VARCHAR',
  客户编号: 'BIGINT',
  商品编号: 'VARCHAR',
  下单日期: 'DATE',
  数量: 'INTEGER',
  金额: 'DECIMAL(12,2)',
}
const CHANNELS = ['官网', '微信小程序', '天猫', '京东', '门店', '电话']
const FACT: readonly (readonly [string, string])[] = [
  ['订单号', 'order_id'],
  ['下单日期', 'ordered_on'],
  ['name', 'customer'],
  ['level', 'customer_level'],
  ['region', 'region'],
  ['商品名称', 'product'],
  ['类别', 'category'],
  ['数量', 'quantity'],
  ['金额', 'amount'],
  ['渠道', 'channel'],
  ['状态', 'status'],
]

async function source(name: string, dataset: string, options?: object): Promise<void> {
  await addNode(page, 'Source', name)
  await fillChoice(settings(page).getByRole('combobox', { name: 'Dataset' }), dataset)
  if (options === undefined) return
  const field = settings(page).getByRole('textbox', { name: 'Options' })
  await field.fill(JSON.stringify(options))
  await field.blur()
}

/** One more rule; `kind` is chosen where it is not the first one. */
async function rule(name: string, kind?: string): Promise<ReturnType<typeof settings>> {
  const rules = await addEntry(page, 'Rules')
  if (kind !== undefined) await choose(page, rules.getByRole('combobox', { name: 'Form of the value' }).last(), kind)
  await rules.getByRole('textbox', { name: 'Name', exact: true }).last().fill(name)
  return rules
}

async function join(name: string, from: string, right: string, keys: readonly [string, string]): Promise<void> {
  await addNode(page, 'Join', name, from)
  await choose(page, settings(page).getByRole('combobox', { name: 'Right input' }), right)
  const list = await addEntry(page, 'Keys')
  await choose(page, list.getByRole('combobox', { name: 'Form of the value' }), 'several fields')
  await list.getByRole('combobox', { name: 'Left column', exact: true }).fill(keys[0])
  await list.getByRole('combobox', { name: 'Right column', exact: true }).fill(keys[1])
}

async function expression(name: string, text: string): Promise<void> {
  const field = settings(page).getByRole('textbox', { name, exact: true }).first()
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

it('the demo pipeline is built from an empty canvas, and does what the sample’s does', async () => {
  await newPipeline(page, 'demo_again')
  await source('orders', 'files:orders.csv', { types: TYPES })
  await source('customers', 'crm:customers')
  await source('catalogue', 'catalogue:products.json')

  await addNode(page, 'Map columns', 'products', 'catalogue')
  await front(page).getByText('Mapping', { exact: true }).click()
  await mapColumn(page, 'sku', 'sku')
  await mapColumn(page, 'name', '商品名称')
  await mapColumn(page, 'category', '类别')

  await addNode(page, 'Validate', 'checked', 'orders')
  const unique = await rule('订单号重复', 'Unique')
  await unique.getByRole('group', { name: 'Columns' }).last().getByRole('button', { name: 'Add' }).click()
  await unique.getByRole('group', { name: 'Columns' }).last().getByRole('textbox').fill('订单号')
  const range = await rule('金额为负', 'Within a range')
  await range.getByRole('combobox', { name: 'Column', exact: true }).last().fill('金额')
  const least = range.getByRole('group', { name: 'At least' })
  await choose(page, least.getByRole('combobox', { name: 'Form of the value' }), 'number')
  await least.getByRole('spinbutton').fill('0')
  const accepted = await rule('渠道未知', 'One of a list')
  await accepted.getByRole('combobox', { name: 'Column', exact: true }).last().fill('渠道')
  const values = accepted.getByRole('group', { name: 'Values' })
  for (const [index, channel] of CHANNELS.entries()) {
    await values.getByRole('button', { name: 'Add' }).click()
    await values.getByRole('textbox').nth(index).fill(channel)
  }

  await join('with_customer', 'checked', 'customers', ['客户编号', 'id'])
  await choose(page, settings(page).getByRole('combobox', { name: 'Kind of join' }), 'All of the left')
  await addNode(page, 'Validate', 'known', 'with_customer')
  const known = await rule('客户不存在')
  await known.getByRole('combobox', { name: 'Column', exact: true }).fill('name')
  await join('with_product', 'known', 'products', ['商品编号', 'sku'])

  await addNode(page, 'Map columns', 'fact', 'with_product')
  await front(page).getByText('Mapping', { exact: true }).click()
  // All columns are in sight then: what is not cannot be dragged.
  await front(page).getByRole('button', { name: 'Fill the window' }).click()
  for (const [from, to] of FACT) await mapColumn(page, from, to)
  await front(page)
    .getByRole('button', { name: /^Leave the full window/ })
    .click()

  await addNode(page, 'Filter', 'sold', 'fact')
  await expression('Condition', "status <> '已取消'")
  await addNode(page, 'Aggregate', 'monthly', 'sold')
  await choose(page, settings(page).getByRole('combobox', { name: 'Group by' }), 'region')
  await page.keyboard.press('Escape')

  await addNode(page, 'Target', 'load_orders', 'fact')
  await fillChoice(settings(page).getByRole('combobox', { name: 'Dataset' }), 'warehouse:main.orders_again')
  await addNode(page, 'Target', 'load_monthly', 'monthly')
  await fillChoice(settings(page).getByRole('combobox', { name: 'Dataset' }), 'lake:sales_again.parquet')
  await choose(page, settings(page).getByRole('combobox', { name: 'Write mode' }), 'Replace the table')

  expect(await wires(page)).toEqual(
    [
      'catalogue>products.input.',
      'checked>with_customer.left.',
      'customers>with_customer.right.',
      'fact>load_orders.input.',
      'fact>sold.input.',
      'known>with_product.left.',
      'monthly>load_monthly.input.',
      'orders>checked.input.',
      'products>with_product.right.',
      'sold>monthly.input.',
      'with_customer>known.input.',
      'with_product>fact.input.',
    ].toSorted(),
  )
  const again = await ran('demo_again')
  // What the sample’s own pipeline reads and writes, over the same rows.
  await page
    .getByRole('region', { name: 'Pipelines' })
    .getByRole('button', { name: /^orders\b/ })
    .click()
  expect(again).toEqual(await ran('orders'))
  expect(studio.faults()).toEqual([])
})

/** Runs the pipeline in front; gives the rows that its nodes are marked with afterwards. */
async function ran(pipeline: string): Promise<Record<string, string>> {
  await front(page).getByRole('button', { name: 'Run', exact: true }).click()
  // Before its first run a pipeline says what it would do.
  await page.getByRole('button', { name: 'Run now' }).click()
  await front(page).getByText('succeeded').first().waitFor({ timeout: 120_000 })
  await page.getByRole('tab', { name: new RegExp(`^${pipeline}\\b`) }).click()
  const names = ['orders', 'checked', 'known', 'fact', 'sold', 'load_orders']
  await front(page).getByRole('button', { name: 'Show everything' }).click()
  await item(page, 'load_orders')
    .getByText(/written/)
    // From so far away that all can be seen, texts may be too small to be drawn.
    .waitFor({ state: 'attached' })
  const facts = names.map(async (name) => [
    name,
    (await item(page, name).locator('[class*=facts]').textContent()) ?? '',
  ])
  return Object.fromEntries(await Promise.all(facts))
}

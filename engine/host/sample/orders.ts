import { CHANNELS, NOTES, STATUSES } from './chinese-words.ts'
import { dayAfter } from './customers.ts'
import { type Random, seededRandom } from './random.ts'

export interface OrdersRequest {
  readonly orders: number
  readonly customers: number
  readonly products: number
  readonly seed: number
  /** Share of rows with a fault, 0 to 1. */
  readonly dirtyShare: number
}

/** What is wrong with a dirty row; the last three can only be seen against other rows or data. */
export const DIRT = [
  'missing_column',
  'stray_quote',
  'bad_date',
  'negative_amount',
  'unknown_customer',
  'duplicate_id',
] as const
export type Dirt = (typeof DIRT)[number]

export const ORDER_HEADER = '订单号,客户编号,商品编号,下单日期,数量,金额,渠道,状态,备注'

export interface OrderLine {
  /** One CSV row without its line end. */
  readonly text: string
  readonly dirt?: Dirt
}

interface OrderFields {
  id: string
  customer: number
  sku: string
  date: string
  quantity: number
  amount: string
  channel: string
  status: string
  note: string
}

/** CSV rows one after another, so that any number can be written in little memory. */
export function* sampleOrders(request: OrdersRequest): Generator<OrderLine> {
  const random = seededRandom(request.seed ^ 0x9e3779b9)
  let lastId = orderId(1)
  for (let i = 1; i <= request.orders; i++) {
    const fields = orderFields(i, random, request)
    const dirt = random.chance(request.dirtyShare) ? random.pick(DIRT) : undefined
    if (dirt === undefined) yield { text: csvRow(fields) }
    else yield { text: dirtyRow(fields, dirt, { lastId, customers: request.customers }), dirt }
    lastId = fields.id
  }
}

function orderFields(i: number, random: Random, { customers, products }: OrdersRequest): OrderFields {
  const quantity = 1 + random.below(9)
  return {
    id: orderId(i),
    customer: 1 + random.below(customers),
    sku: String(1 + random.below(products)).padStart(6, '0'),
    date: dayAfter('2025-01-01', random.below(690)),
    quantity,
    amount: ((quantity * (590 + random.below(30_000))) / 100).toFixed(2),
    channel: random.pick(CHANNELS),
    status: random.pick(STATUSES),
    note: random.chance(0.5) ? '' : random.pick(NOTES),
  }
}

function dirtyRow(
  fields: OrderFields,
  dirt: Dirt,
  { lastId, customers }: { lastId: string; customers: number },
): string {
  switch (dirt) {
    case 'missing_column':
      return csvRow(fields).split(',').toSpliced(4, 1).join(',')
    case 'stray_quote':
      return csvRow({ ...fields, note: '' }) + '5"屏幕'
    case 'bad_date':
      return csvRow({ ...fields, date: '2025-02-30' })
    case 'negative_amount':
      return csvRow({ ...fields, amount: `-${fields.amount}` })
    case 'unknown_customer':
      return csvRow({ ...fields, customer: customers + 1_000_000 })
    case 'duplicate_id':
      return csvRow({ ...fields, id: lastId })
  }
}

function csvRow(fields: OrderFields): string {
  return Object.values(fields)
    .map((value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)))
    .join(',')
}

function orderId(i: number): string {
  return `DD${String(i).padStart(9, '0')}`
}

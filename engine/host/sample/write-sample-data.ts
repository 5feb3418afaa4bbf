import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { textEncoder } from '../../connectors/shared/text-encoder.ts'
import { encodingOf } from '../../connectors/shared/text-encoding.ts'
import { type Customer, sampleCustomers } from './customers.ts'
import { DIRT, type Dirt, ORDER_HEADER, sampleOrders } from './orders.ts'
import { sampleProducts } from './products.ts'

export interface SampleDataOptions {
  readonly orders: number
  readonly seed: number
  readonly customers?: number
  readonly products?: number
  /** Share of order rows with a fault; 0.02 when not given. */
  readonly dirtyShare?: number
}

export interface SampleData {
  /** `orders.csv`, GB18030, with dirty rows. */
  readonly orders: string
  /** `customers.sqlite`, table `customers`. */
  readonly customers: string
  /** `products.json`, an array with nested suppliers. */
  readonly products: string
  /** Order rows by fault. */
  readonly dirty: Readonly<Record<Dirt, number>>
}

const CHUNK_CHARACTERS = 1_000_000

/** Writes Chinese business data into `folder` (made when missing); the same options give the same rows. */
export async function writeSampleData(folder: string, options: SampleDataOptions): Promise<SampleData> {
  const { orders, seed, dirtyShare = 0.02 } = options
  const customers = options.customers ?? Math.max(50, Math.min(5_000, Math.floor(orders / 10)))
  const products = options.products ?? 200
  await mkdir(folder, { recursive: true })
  const paths = {
    orders: join(folder, 'orders.csv'),
    customers: join(folder, 'customers.sqlite'),
    products: join(folder, 'products.json'),
  }
  const dirty = await writeOrders(paths.orders, { orders, customers, products, seed, dirtyShare })
  await writeCustomers(paths.customers, sampleCustomers(customers, seed))
  await writeFile(paths.products, `${JSON.stringify(sampleProducts(products, seed), undefined, 2)}\n`)
  return { ...paths, dirty }
}

async function writeOrders(path: string, request: Parameters<typeof sampleOrders>[0]): Promise<Record<Dirt, number>> {
  const encode = textEncoder(encodingOf('gb18030'))
  const dirty = Object.fromEntries(DIRT.map((dirt) => [dirt, 0])) as Record<Dirt, number>
  await using file = await open(path, 'w')
  let text = `${ORDER_HEADER}\r\n`
  const flush = async (): Promise<void> => {
    const encoded = encode(text)
    if ('unencodable' in encoded) throw new Error(`GB18030 has no ${encoded.unencodable}`)
    await file.write(encoded.bytes)
    text = ''
  }
  for (const line of sampleOrders(request)) {
    text += `${line.text}\r\n`
    if (line.dirt !== undefined) dirty[line.dirt]++
    if (text.length > CHUNK_CHARACTERS) await flush()
  }
  await flush()
  return dirty
}

async function writeCustomers(path: string, customers: readonly Customer[]): Promise<void> {
  await rm(path, { force: true })
  const database = new Database(path)
  try {
    database.exec(
      'CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, level TEXT, city TEXT, region TEXT, phone TEXT, registered DATE)',
    )
    const insert = database.prepare(
      'INSERT INTO customers VALUES (@id, @name, @level, @city, @region, @phone, @registered)',
    )
    database.transaction(() => {
      for (const customer of customers) insert.run(customer)
    })()
  } finally {
    database.close()
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBinder } from '../../../duck/bind.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { keyringForTests } from '../../../govern/masking/keyring.ts'
import { maskValueWith } from '../../../govern/masking/mask-value.ts'
import { sql, trusted } from '../../../sql/sql.ts'
import { checkPipeline, compilePipeline } from '../../compile.ts'
import { statementFor } from '../../statement.ts'

let duck: Duck
const binder = await openBinder()
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 256, maskValue: maskValueWith(keyringForTests(['workspace', 'hr'])) })
  await duck.run(
    sql`CREATE TABLE people AS FROM (VALUES
      (1, '张三丰', 13800138000, DATE '1990-05-17', TIMESTAMP '2024-02-29 10:30:45', 12.345::DECIMAL(9,3), 42),
      (1, '李四', 13800138001, DATE '1990-05-20', NULL, 0, -5),
      (2, NULL, NULL, NULL, TIMESTAMP '2024-12-31 23:59:59', NULL, NULL),
      (3, '王', 13800138000, DATE '2001-01-01', TIMESTAMP '2024-01-01 00:00:00', 99.9, 60)) t(id, name, phone, born, seen, paid, age)`,
  )
})
afterAll(async () => {
  await binder[Symbol.asyncDispose]()
  await duck[Symbol.asyncDispose]()
})

async function request(mask: unknown, column: string) {
  const columns = await duck.columns(sql`SELECT * FROM people`)
  const nodes = {
    people: { type: 'source', dataset: 'x:people' },
    n: { type: 'mask', input: 'people', columns: [{ column, mask }] },
  }
  return {
    name: 'p',
    file: { version: 1 as const, nodes },
    schemas: new Map([['people', columns]]),
    parameters: {},
    bind: binder.bind,
  }
}

async function masked(column: string, mask: unknown): Promise<{ type: string | undefined; values: unknown[] }> {
  const compiled = await compilePipeline(await request(mask, column))
  const statement = statementFor(compiled, { node: 'n', output: 'out' })
  const page = await duck.rows(sql`SELECT id, ${trusted(column)} FROM (${statement})`)
  return { type: page.columns[1]?.type, values: page.rows.map(([, value]) => value) }
}

describe('a masked column', () => {
  it.each<[string, string, unknown, string, unknown[]]>([
    ['nothing', 'name', { method: 'null' }, 'VARCHAR', [null, null, null, null]],
    ['a constant, but NULL stays', 'age', { method: 'constant', value: 1 }, 'INTEGER', [1, 1, null, 1]],
    ['the ends', 'name', { method: 'partial', first: 1 }, 'VARCHAR', ['张**', '李*', null, '*']],
    [
      'both ends of a number',
      'phone',
      { method: 'partial', first: 3, last: 2 },
      'VARCHAR',
      ['138******00', '138******01', null, '138******00'],
    ],
    ['multiples', 'paid', { method: 'round', to: 5 }, 'DECIMAL(13,3)', ['10.000', '0.000', null, '100.000']],
    [
      'months',
      'seen',
      { method: 'truncate', unit: 'month' },
      'TIMESTAMP',
      ['2024-02-01 00:00:00', null, '2024-12-01 00:00:00', '2024-01-01 00:00:00'],
    ],
    ['ranges', 'age', { method: 'bands', bounds: [0, 50] }, 'VARCHAR', ['0 – < 50', '< 0', null, '≥ 50']],
  ])('is %s', async (_title, column, mask, type, values) => {
    expect(await masked(column, mask)).toEqual({ type, values })
  })

  it('has the same for the same value, and a number that is kept as one', async () => {
    const { type, values } = await masked('phone', { method: 'format', form: 'phone', key: 'hr' })
    expect(type).toBe('BIGINT')
    expect(values[0]).toBe(values[3])
    expect(new Set(values).size).toBe(3)
    expect(String(values[0])).toMatch(/^138\d{8}$/)
    expect(values[0]).not.toBe('13800138000')
  })

  it('keeps the days between the dates of an entity', async () => {
    const { type, values } = await masked('born', { method: 'date_shift', entity: 'ID', days: 30 })
    expect(type).toBe('DATE')
    const days = values.map((value) => Date.parse(String(value)) / 86_400_000)
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBe(3)
    expect(values[0]).not.toBe('1990-05-17')
    expect(values[2]).toBeNull()
  })

  it('has all its values in other places when shuffled, the same way each time', async () => {
    const [once, again, other] = [
      await masked('phone', { method: 'shuffle', seed: 1 }),
      await masked('phone', { method: 'shuffle', seed: 1 }),
      await masked('phone', { method: 'shuffle', seed: 5 }),
    ]
    expect(once).toEqual(again)
    expect(once.values.map(String).toSorted()).toEqual(other.values.map(String).toSorted())
    expect(once.values.map(String).toSorted()).toEqual(['13800138000', '13800138000', '13800138001', 'null'])
  })

  it('opens again', async () => {
    const columns = await duck.columns(sql`SELECT * FROM people`)
    const nodes = {
      people: { type: 'source', dataset: 'x:people' },
      sealed: { type: 'mask', input: 'people', columns: [{ column: 'name', mask: { method: 'encrypt', key: 'hr' } }] },
      n: { type: 'mask', input: 'sealed', columns: [{ column: 'name', mask: { method: 'decrypt', key: 'hr' } }] },
    }
    const compiled = await compilePipeline({
      name: 'p',
      file: { version: 1, nodes },
      schemas: new Map([['people', columns]]),
      parameters: {},
      bind: binder.bind,
    })
    const { rows } = await duck.rows(sql`SELECT name FROM (${statementFor(compiled, { node: 'n', output: 'out' })})`)
    expect(rows.flat()).toEqual(['张三丰', '李四', null, '王'])
    const sealed = await duck.rows(sql`SELECT name FROM (${statementFor(compiled, { node: 'sealed', output: 'out' })})`)
    expect(JSON.stringify(sealed.rows[0])).toMatch(/^\["rnl1\.a\.hr\.1\./)
  })
})

it.each([
  ['a date of a text', 'name', { method: 'date_shift', entity: 'id' }, 'columns.0.mask.method'],
  ['an unknown entity', 'born', { method: 'date_shift', entity: 'nobody' }, 'columns.0.mask.entity'],
  ['a number of a date', 'born', { method: 'round', to: 10 }, 'columns.0.mask.method'],
])('refuses %s', async (_title, column, mask, field) => {
  const { problems } = await checkPipeline(await request(mask, column))
  expect(problems).toMatchObject([{ code: 'node.config_invalid', detail: { field } }])
})

it('cannot be called by an expression of a person', async () => {
  const columns = await duck.columns(sql`SELECT * FROM people`)
  const nodes = {
    people: { type: 'source', dataset: 'x:people' },
    n: { type: 'filter', input: 'people', where: "runnel_mask('{}', name) = 'x'" },
  }
  const { problems } = await checkPipeline({
    name: 'p',
    file: { version: 1, nodes },
    schemas: new Map([['people', columns]]),
    parameters: {},
    bind: binder.bind,
  })
  expect(problems).toMatchObject([{ code: 'node.forbidden' }])
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { CSV_SEGMENT, scanSegments } from '../../duck/segment.ts'
import { sql } from '../../sql/sql.ts'
import { cellCheckOf } from './cell-types.ts'

function accepts(type: string, text: string): boolean {
  const bytes = Buffer.from(`<${text}>`)
  return cellCheckOf(type)?.(bytes, 1, bytes.length - 1) ?? true
}

/** The number without what does not change it. */
const canonical = (text: string): string => {
  const [, sign, whole, fraction] = /^([-+]?)0*(\d*)\.?(\d*?)0*$/.exec(text) ?? []
  const digits = `${whole || '0'}${fraction ? `.${fraction}` : ''}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

const plain = (text: unknown): string => {
  const printed = String(text)
  return printed.includes('.') ? printed.replace(/0+$/, '').replace(/\.$/, '') : printed
}

describe('cell checks', () => {
  it.each([
    ['BIGINT', ['0', '-5', '+5', '007', '9223372036854775807', '-9223372036854775808', '0009223372036854775807']],
    ['UTINYINT', ['0', '255', '-0']],
    ['HUGEINT', ['170141183460469231731687303715884105727']],
    ['DECIMAL(5,2)', ['1', '-123.45', '1.50000', '.5', '5.', '000123.40']],
    ['DOUBLE', ['1', '1.5', '-1e5', '1E-5', '.5', 'nan', '-Infinity', '1e308', '0e999']],
    ['DATE', ['2024-02-29', '2024/1/5', '0001-01-01', '9999-12-31']],
    ['TIMESTAMP', ['2024-02-29', '2024-01-05 10:11', '2024-01-05T23:59:59.123456']],
    ['TIMESTAMP WITH TIME ZONE', ['2024-01-05T10:11:12Z', '2024-01-05 10:11:12.5+08', '2024-01-05 10:11:12-03:30']],
    ['TIME', ['00:00', '23:59:59.999999']],
    ['BOOLEAN', ['true', 'F', 'Yes', '0', 'n']],
    ['UUID', ['anything: DuckDB decides']],
  ])('%s takes %j', (type, texts) => {
    expect(texts.filter((text) => !accepts(type, text))).toEqual([])
  })

  it.each([
    ['BIGINT', ['', '-', '1.0', '1e5', '1_000', ' 1', '9223372036854775808', '-9223372036854775809', '１']],
    ['UTINYINT', ['256', '-1']],
    ['DECIMAL(5,2)', ['1234', '1.234', '', '.', '-', '1e2', '1,5', '1.2.3']],
    ['DOUBLE', ['', '.', '1e', 'e5', '1e400', '1e-400', '0x10', '1,5', '1_0', 'infinite', '1.5.2']],
    [
      'DATE',
      ['0000-00-00', '2024-02-30', '2023-02-29', '1900-02-29', '24-01-01', '2024-01/01', '2024-13-01', '2024-01-01 '],
    ],
    [
      'TIMESTAMP',
      ['2024-01-05 24:00:00', '2024-01-05 10:11:60', '2024-01-05 10:11:12+08', '2024-01-05 10:11:12.1234567'],
    ],
    ['TIMESTAMP WITH TIME ZONE', ['2024-01-05 10:11:12', '2024-01-05', '2024-01-05 10:11:12+99']],
    ['TIME', ['24:00:00', '12:60', '1:2:3', '12:00:00.', '838:59:59']],
    ['BOOLEAN', ['', 'on', '2', 'truth']],
  ])('%s refuses %j', (type, texts) => {
    expect(texts.filter((text) => accepts(type, text))).toEqual([])
  })
})

describe('what a check takes, DuckDB reads as it is written', () => {
  let duck: Duck
  beforeAll(async () => {
    duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  })
  afterAll(() => duck[Symbol.asyncDispose]())

  async function readBack(type: string, texts: readonly string[], print = ''): Promise<unknown[]> {
    const file = join(duck.spillDirectory, 'cells.csv')
    await writeFile(file, texts.map((text) => `${text},x\n`).join(''))
    const columns = [
      { name: 'a', type },
      { name: 'b', type: 'VARCHAR' },
    ]
    const scan = scanSegments([file], columns, CSV_SEGMENT)
    const page = await duck.rows(
      print === '' ? sql`SELECT a::VARCHAR FROM (${scan})` : sql`SELECT epoch_us(a)::VARCHAR FROM (${scan})`,
    )
    return page.rows.map(([cell]) => cell)
  }

  const number = fc.stringMatching(/^[-+]?\d{0,25}(\.\d{0,6})?$/)
  it.each(['BIGINT', 'INTEGER', 'UBIGINT', 'HUGEINT', 'DECIMAL(12,3)', 'DECIMAL(38,6)'])('%s', async (type) => {
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 200 }), async (texts) => {
        const taken = texts.filter((text) => accepts(type, text))
        expect((await readBack(type, taken)).map((text) => plain(text))).toEqual(
          taken.map((text) => canonical(text.includes('.') ? text : `${text}.`)),
        )
      }),
      { numRuns: 15 },
    )
  })

  it.each(['DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'])('%s', async (type) => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 50 }), async (moments) => {
        const days = moments.map((at) =>
          type === 'DATE' ? new Date(at.getTime() - (((at.getTime() % 864e5) + 864e5) % 864e5)) : at,
        )
        const texts = days.map((at) => {
          const iso = at.toISOString()
          return type === 'DATE' ? iso.slice(0, 10) : type === 'TIMESTAMP' ? iso.slice(0, -1) : iso
        })
        expect(texts.filter((text) => !accepts(type, text))).toEqual([])
        expect(await readBack(type, texts, 'epoch')).toEqual(days.map((at) => String(BigInt(at.getTime()) * 1000n)))
      }),
      { numRuns: 15 },
    )
  })
})

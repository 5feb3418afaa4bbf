import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDuck } from '../../../duck/open-duck.ts'
import { scanSegments } from '../../../duck/segment.ts'
import { sql } from '../../../sql/sql.ts'
import type { ByteForm } from '../types/read-type.ts'
import { decodeRow, type InvalidDates, RowEncoder } from './row-encoder.ts'
import { MYSQL_SEGMENT } from './segment-reading.ts'

/** A row as the text protocol sends it, somewhere inside a larger buffer. */
function packetOf(values: readonly (string | Buffer | null)[]): {
  buffer: Buffer
  offset: number
  end: number
  isEOF(): boolean
} {
  const parts = values.map((value) => {
    if (value === null) return Buffer.of(0xfb)
    const bytes = Buffer.from(value)
    return Buffer.concat([lengthOf(bytes.length), bytes])
  })
  const body = Buffer.concat(parts)
  const buffer = Buffer.concat([Buffer.from('noise'), body, Buffer.from('noise')])
  return { buffer, offset: 5, end: 5 + body.length, isEOF: () => false }
}

function lengthOf(length: number): Buffer {
  if (length < 0xfb) return Buffer.of(length)
  if (length < 0x1_00_00) return Buffer.of(0xfc, length & 255, length >> 8)
  return Buffer.of(0xfd, length & 255, (length >> 8) & 255, length >> 16)
}

function encode(
  forms: ByteForm[],
  values: (string | Buffer | null)[],
  policy: InvalidDates = 'reject',
): string | undefined {
  const encoder = new RowEncoder(forms, policy)
  const packet = packetOf(values)
  const out = Buffer.alloc(encoder.maxLineBytes(packet))
  encoder.target(out)
  return encoder.encode(packet) ? out.toString('utf8', 0, encoder.length) : undefined
}

describe('a row', () => {
  it.each<[ByteForm[], (string | Buffer | null)[], string]>([
    [['plain', 'plain'], ['1', '-2.50'], '1,-2.50\n'],
    [['plain', 'text'], [null, null], '\\N,\\N\n'],
    [['text', 'text'], ['', 'NULL'], '"",NULL\n'],
    [['text'], ['a,b'], '"a,b"\n'],
    [['text'], ['say "x"'], '"say ""x"""\n'],
    [['text'], ['a\r\nb'], '"a\r\nb"\n'],
    [['text'], ['\\N'], '"\\N"\n'],
    [['text'], ['汇渠😀'], '汇渠😀\n'],
    [['text'], ['x'.repeat(70_000)], `${'x'.repeat(70_000)}\n`],
    [['hex', 'hex'], [Buffer.of(0, 255, 0x2c), Buffer.of()], '00ff2c,""\n'],
    [['date', 'plain'], ['2024-02-29', '1'], '2024-02-29,1\n'],
    [['date'], ['2024-12-31 23:59:59.999999'], '2024-12-31 23:59:59.999999\n'],
  ])('%j %j', (forms, values, line) => {
    expect(encode(forms, values)).toBe(line)
    expect(decodeRow(packetOf(values), forms)).toEqual(
      values.map((value) => (value instanceof Buffer ? value.toString('hex') : value)),
    )
  })

  it.each(['0000-00-00', '2024-00-10', '2024-10-00', '2023-02-29', '1900-02-29', '2024-04-31', '0000-01-01'])(
    'with the date %s follows the policy',
    (text) => {
      expect(encode(['date', 'plain'], [text, '1'])).toBeUndefined()
      expect(encode(['date', 'plain'], [text, '1'], 'null')).toBe('\\N,1\n')
      expect(encode(['date', 'plain'], [text, '1'], 'text')).toBe(`${text},1\n`)
    },
  )

  it('that is refused leaves nothing behind and is told', () => {
    const encoder = new RowEncoder(['text', 'date'], 'reject')
    encoder.target(Buffer.alloc(1_000))
    expect(encoder.encode(packetOf(['kept', '2024-01-01']))).toBe(true)
    const before = encoder.length
    expect(encoder.encode(packetOf(['gone', '2024-00-00']))).toBe(false)
    expect(encoder.length).toBe(before)
    expect(encoder.invalid).toEqual({ column: 1, value: '2024-00-00' })
  })

  it('that ends too early is an error', () => {
    const encoder = new RowEncoder(['text'], 'reject')
    encoder.target(Buffer.alloc(100))
    expect(() => encoder.encode({ buffer: Buffer.of(200, 65), offset: 0, end: 2, isEOF: () => false })).toThrow(
      RangeError,
    )
  })
})

it('DuckDB reads back any text and bytes', async () => {
  await using duck = await openDuck({ threads: 1 })
  const folder = await mkdtemp(joinPath(tmpdir(), 'runnel-encoder-'))
  const text = fc.option(
    fc.string({ unit: 'grapheme', maxLength: 300 }).filter((value) => !value.includes('\0')),
    { nil: null },
  )
  const bytes = fc.option(fc.uint8Array({ maxLength: 20 }), { nil: null })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, bytes), { minLength: 1, maxLength: 20 }), async (rows) => {
      const encoder = new RowEncoder(['text', 'hex'], 'reject')
      const out = Buffer.alloc(200_000)
      encoder.target(out)
      for (const [value, raw] of rows) encoder.encode(packetOf([value, raw === null ? null : Buffer.from(raw)]))
      const path = joinPath(folder, 'rows.csv')
      await writeFile(path, out.subarray(0, encoder.length))
      const columns = [
        { name: 'a', type: 'VARCHAR' },
        { name: 'b', type: 'VARCHAR' },
      ]
      const shape = { hasQuotedNewlines: encoder.hasQuotedNewlines }
      const read = await duck.rows(sql`${scanSegments([path], columns, MYSQL_SEGMENT, shape)}`)
      expect(read.rows).toEqual(
        rows.map(([value, raw]) => [value, raw === null ? null : Buffer.from(raw).toString('hex')]),
      )
    }),
    { numRuns: 60 },
  )
  await rm(folder, { recursive: true })
})

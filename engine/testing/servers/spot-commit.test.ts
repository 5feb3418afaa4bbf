import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commitSpotter, type Wire } from './spot-commit.ts'

function startup(): Buffer {
  const body = Buffer.from('\0\x03\0\0user\0COMMIT\0\0', 'latin1')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([length, body])
}

function postgres(letter: string, body: string): Buffer {
  const bytes = Buffer.from(`${letter}....${body}\0`, 'latin1')
  bytes.writeUInt32BE(bytes.length - 1, 1)
  return bytes
}

function mysql(sequence: number, body: string): Buffer {
  const bytes = Buffer.from(`....${body}`, 'latin1')
  bytes.writeUIntLE(bytes.length - 4, 0, 3)
  bytes[3] = sequence
  return bytes
}

const long = `${'x'.repeat(5_000)} COMMIT`

it.each<[string, Wire, Buffer[], boolean]>([
  ['a query of PostgreSQL', 'postgresql', [startup(), postgres('Q', 'BEGIN'), postgres('Q', 'COMMIT')], true],
  ['a prepared one', 'postgresql', [startup(), postgres('P', 'name\0commit\0\0')], true],
  [
    'rows that say so',
    'postgresql',
    [startup(), postgres('d', 'COMMIT\n'), postgres('d', long), postgres('Q', 'SELECT 1 AS commit')],
    false,
  ],
  ['the name of a user', 'postgresql', [startup()], false],
  ['a query of MySQL', 'mysql', [mysql(1, 'COMMIT'), mysql(0, '\x03SELECT 1'), mysql(0, '\x03COMMIT')], true],
  [
    'a file of MySQL that says so',
    'mysql',
    [mysql(1, 'login'), mysql(2, '\x03COMMIT'), mysql(0, `\x03${long}`)],
    false,
  ],
])('a COMMIT is told from %s, however the bytes are cut', (_case, wire, messages, expected) => {
  const bytes = Buffer.concat(messages)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: bytes.length }), { maxLength: 8 }), (cuts) => {
      const spot = commitSpotter(wire)
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      const seen = places.slice(1).map((to, i) => spot(bytes.subarray(places[i], to)))
      expect(seen.includes(true)).toBe(expected)
    }),
    { numRuns: 50 },
  )
})

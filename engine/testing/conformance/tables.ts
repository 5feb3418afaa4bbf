import type { SeedTable } from './fixture.ts'

const COLUMNS = [
  { name: 'id', type: 'BIGINT' },
  { name: 'name', type: 'VARCHAR' },
  { name: 'note', type: 'VARCHAR' },
] as const

export const PEOPLE: SeedTable = {
  columns: COLUMNS,
  rows: [
    ['1', 'Ada', 'plain'],
    ['2', '林', 'comma, "quote" and \'apostrophe\''],
    ['3', 'Zoë', 'tab\there, new\nline, back\\slash, \\N'],
    ['4', 'Max', null],
  ],
  key: ['id'],
}

/** Meets PEOPLE: 2 differs, 3 is the same, 5 and 6 are new. */
export const CHANGES: SeedTable = {
  columns: COLUMNS,
  rows: [['2', '林', 'changed'], PEOPLE.rows[2] ?? [], ['5', 'Eve', null], ['6', 'Tom', '']],
  key: ['id'],
}

/** `count` rows, for samples and limits. */
export function manyRows(count: number): SeedTable {
  const rows = Array.from({ length: count }, (_, i) => [String(i + 1), `name ${i + 1}`, i % 3 === 0 ? null : 'x'])
  return { columns: COLUMNS, rows, key: ['id'] }
}

/** Rows as `readRows` orders them. */
export function sorted(rows: SeedTable['rows'], nullAs: '' | null = null): (string | null)[][] {
  const shown = rows.map((row) => row.map((cell) => (cell === '' ? (nullAs ?? '') : cell)))
  return shown.toSorted((a, b) => compareRows(a, b))
}

function compareRows(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? null
    if (left === right) continue
    if (left === null) return 1
    if (right === null) return -1
    return Buffer.compare(Buffer.from(left), Buffer.from(right))
  }
  return 0
}

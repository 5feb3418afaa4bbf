import type { SeedTable } from '../conformance/fixture.ts'

/** A table of the conformance kit as CSV: NULL is nothing, a text is quoted. */
export function csvOf({ columns, rows }: SeedTable): string {
  return [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(quotedCell).join(',')}\n`).join('')
}

/** How to read it: types are declared, because the kit's tables say what they are and a file cannot. */
export function csvOptions({ columns }: SeedTable): object {
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]))
  return { header: true, delimiter: ',', encoding: 'utf-8', types }
}

const quotedCell = (value: string | null): string => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)

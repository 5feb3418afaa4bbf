import type { Column } from '../../../engine/contract/column.ts'
import type { DatasetSchema } from '../../../engine/contract/dataset.ts'
import type { Cell } from '../../../engine/contract/page.ts'

export type LossWord = 'exact' | 'widening' | 'lossy'

/** What stands where nothing is known. */
const UNKNOWN = '–'

/** One line for each column: name, keys, its type there and in DuckDB, what is lost, whether it may be NULL, its comment. */
export function schemaRows(
  columns: readonly Column[],
  keys: DatasetSchema['keys'],
  words: { readonly loss: Readonly<Record<LossWord, string>>; readonly nullable: string; readonly required: string },
): Cell[][] {
  return columns
    .filter(({ hidden }) => hidden !== true)
    .map((column) => [
      column.name,
      keyText(column.name, keys),
      column.sourceType ?? UNKNOWN,
      column.type,
      column.fidelity === undefined ? UNKNOWN : lossText(column.fidelity, words.loss),
      column.nullable === undefined ? UNKNOWN : column.nullable ? words.nullable : words.required,
      column.comment ?? UNKNOWN,
    ])
}

function lossText(fidelity: NonNullable<Column['fidelity']>, words: Readonly<Record<LossWord, string>>): string {
  return fidelity.kind === 'exact' ? words.exact : `${words[fidelity.kind]}: ${fidelity.reason}`
}

/** `PK`, `UK` and `FK → dataset(column)` of the keys that a column is part of. */
function keyText(name: string, keys: DatasetSchema['keys']): string {
  const parts = keys
    .filter(({ columns }) => columns.includes(name))
    .map(({ kind, columns, references }) => {
      if (kind === 'primary') return 'PK'
      if (kind === 'unique') return 'UK'
      const there = references?.columns[columns.indexOf(name)]
      return references === undefined ? 'FK' : `FK → ${references.dataset}(${there ?? ''})`
    })
  return parts.length === 0 ? UNKNOWN : [...new Set(parts)].join(', ')
}

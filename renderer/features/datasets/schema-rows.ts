import type { Column } from '../../../engine/contract/column.ts'
import type { DatasetSchema } from '../../../engine/contract/dataset.ts'
import type { Cell } from '../../../engine/contract/page.ts'

export type LossWord = 'exact' | 'widening' | 'lossy'

export interface SchemaWords {
  readonly loss: Readonly<Record<LossWord, string>>
  /** A reason of the engine in the reader's language. */
  readonly told: (reason: string) => string
  readonly nullable: string
  readonly required: string
}

/** What stands where nothing is known. */
const UNKNOWN = '–'

/** One line for each column: name, keys, its type there and in DuckDB, what is lost, whether it may be NULL, its comment. */
export function schemaRows(columns: readonly Column[], keys: DatasetSchema['keys'], words: SchemaWords): Cell[][] {
  return columns
    .filter(({ hidden }) => hidden !== true)
    .map((column) => [
      column.name,
      keyText(column.name, keys),
      column.sourceType ?? UNKNOWN,
      column.type,
      column.fidelity === undefined ? UNKNOWN : lossText(column.fidelity, words),
      column.nullable === undefined ? UNKNOWN : column.nullable ? words.nullable : words.required,
      column.comment ?? UNKNOWN,
    ])
}

function lossText(fidelity: NonNullable<Column['fidelity']>, { loss, told }: SchemaWords): string {
  return fidelity.kind === 'exact' ? loss.exact : `${loss[fidelity.kind]}: ${told(fidelity.reason)}`
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

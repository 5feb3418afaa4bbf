import { nearestName } from '../../../base/suggest.ts'
import { printQualifiedName } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import { id, type Sql } from '../../../sql/sql.ts'
import type { TableName } from './statement.ts'

/** A dataset of the workspace as a statement names it. */
export interface NamedDataset {
  readonly connection: string
  /** The dataset's name in its connection. */
  readonly name: string
  /** `connection:name`. */
  readonly ref: string
  /** The schema a statement puts between connection and table; `main` when none. */
  readonly schema: string
  readonly table: string
  /** Where the statement first names it. */
  readonly start: number
}

/**
 * The datasets that the names of a statement mean, each once.
 * @throws Failure `query.dataset_unknown`
 */
export function datasetsOf(tables: readonly TableName[], connections: Iterable<string>): NamedDataset[] {
  const known = [...connections]
  const found = new Map<string, NamedDataset>()
  for (const table of tables) {
    const dataset = datasetOf(table, known)
    const key = JSON.stringify([dataset.connection, dataset.schema, dataset.table])
    if (!found.has(key)) found.set(key, dataset)
  }
  return [...found.values()]
}

/** The view that stands for a dataset. Every connection is a database of its own in DuckDB. */
export function viewOf({ connection, schema, table }: NamedDataset): Sql {
  return id(connection, schema, table)
}

function datasetOf({ catalog, schema, table, start }: TableName, connections: readonly string[]): NamedDataset {
  const connection = catalog === '' ? schema : catalog
  if (!connections.includes(connection)) throw unknown([catalog, schema, table], connections)
  const inner = catalog === '' ? 'main' : schema
  const name = catalog === '' ? table : printQualifiedName([schema, table])
  return { connection, name, ref: `${connection}:${name}`, schema: inner, table, start }
}

function unknown(parts: readonly string[], connections: readonly string[]): Failure {
  const name = printQualifiedName(parts.filter((part) => part !== ''))
  const suggestion = nearestName(parts.find((part) => part !== '') ?? '', connections)
  return new Failure('query.dataset_unknown', { name, ...(suggestion === undefined ? {} : { suggestion }) })
}

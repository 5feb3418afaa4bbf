import type { Column } from '../../../contract/column.ts'
import { printQualifiedName } from '../../../contract/dataset.ts'
import type { ChangedTable } from '../../api/changes.ts'
import { columnsOfFields } from '../catalogue/query-columns.ts'
import { toColumn } from '../catalogue/table-columns.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import type { Relation, RelationColumn } from './pgoutput.ts'

interface StreamTable extends ChangedTable {
  columns: readonly Column[]
}

/** Tables as the stream announces them. Their types are looked up before a batch with their changes is handed over. */
export class StreamTables {
  /** Primary keys by dataset: with REPLICA IDENTITY FULL the stream marks every column as key. */
  readonly #primaryKeys: ReadonlyMap<string, readonly string[]>
  #unresolved: { readonly table: StreamTable; readonly columns: readonly RelationColumn[] }[] = []

  constructor(primaryKeys: ReadonlyMap<string, readonly string[]>) {
    this.#primaryKeys = primaryKeys
  }

  /** The table of a relation; undefined when it was not asked for. Its columns have no types until `resolve`. */
  announce({ schema, name, identity, columns }: Relation): ChangedTable | undefined {
    const dataset = printQualifiedName([schema, name])
    const primaryKey = this.#primaryKeys.get(dataset)
    if (primaryKey === undefined) return undefined
    const isKey = keyTest(identity, primaryKey, columns)
    const table: StreamTable = {
      dataset,
      columns: columns.map((column) => ({ name: column.name, type: '' })),
      keys: columns.flatMap((column, i) => (isKey(column) ? [i] : [])),
    }
    this.#unresolved.push({ table, columns })
    return table
  }

  async resolve(connection: PostgresConnection, call: PostgresCall): Promise<void> {
    const waiting = this.#unresolved
    this.#unresolved = []
    for (const { table, columns } of waiting)
      table.columns = (await columnsOfFields(connection, columns, call)).map(toColumn)
  }
}

function keyTest(
  identity: string,
  primaryKey: readonly string[],
  columns: readonly RelationColumn[],
): (column: RelationColumn) => boolean {
  if (identity !== 'f') return ({ isKey }) => isKey
  const isWhole = primaryKey.length > 0 && primaryKey.every((key) => columns.some(({ name }) => name === key))
  return isWhole ? ({ name }) => primaryKey.includes(name) : () => false
}

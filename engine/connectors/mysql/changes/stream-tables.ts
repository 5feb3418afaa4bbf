import type { Column } from '../../../contract/column.ts'
import { printQualifiedName } from '../../../contract/dataset.ts'
import { Failure, isFailure } from '../../../contract/failure.ts'
import { sql } from '../../../sql/sql.ts'
import type { ChangedTable } from '../../api/changes.ts'
import { type TableName, tableName } from '../catalogue/table-name.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { ServerField } from '../connection/server-field.ts'
import { readType } from '../types/read-type.ts'
import type { BinlogEvent } from './binlog-event.ts'
import type { BinlogServer } from './binlog-server.ts'
import { Charsets } from './charsets.ts'
import { type CellColumn, cellReader } from './row-cells.ts'
import type { RowTable } from './row-decoder.ts'
import { type MappedColumn, readTableMap, type TableMap, TYPE, tableIdOf, tableNameOf } from './table-map.ts'
import type { TransactionTables } from './transaction-log.ts'

interface WantedTable {
  readonly name: TableName
  readonly dataset: string
  /** As it was announced last. */
  known: RowTable | undefined
}

/** Tables as the log announces them: before rows of a table stands its form, under a number that changes with it. */
export class StreamTables implements TransactionTables {
  readonly #connection: MysqlConnection
  readonly #server: BinlogServer
  readonly #wanted: ReadonlyMap<string, WantedTable>
  readonly #charsets: Charsets
  readonly #byId = new Map<number, RowTable | undefined>()

  constructor(
    connection: MysqlConnection,
    server: BinlogServer,
    { datasets, database }: { readonly datasets: readonly string[]; readonly database: string | undefined },
  ) {
    this.#connection = connection
    this.#server = server
    this.#charsets = new Charsets(connection)
    this.#wanted = new Map(
      datasets.map((dataset) => {
        const name = tableName(dataset, database)
        const wanted = { name, dataset: printQualifiedName([name.schema, name.table]), known: undefined }
        return [this.#nameKey(name.schema, name.table), wanted]
      }),
    )
  }

  /** The table of a row event; undefined when it was not asked for. @throws Failure `changes.undecodable` when it was never announced */
  of(event: BinlogEvent): RowTable | undefined {
    const id = tableIdOf(event)
    if (id === NO_TABLE) return undefined
    if (!this.#byId.has(id)) throw new Failure('changes.undecodable', { what: `rows of the unknown table ${id}` })
    return this.#byId.get(id)
  }

  /** Takes a table's announcement. Gives a promise where the catalogue must be asked before its rows can be read. */
  announce(event: BinlogEvent): Promise<void> | undefined {
    const id = tableIdOf(event)
    if (this.#byId.has(id)) return undefined
    const { schema, table } = tableNameOf(event)
    const wanted = this.#wanted.get(this.#nameKey(schema, table))
    if (wanted === undefined) {
      this.#byId.set(id, undefined)
      return undefined
    }
    return this.#resolve(readTableMap(event), wanted)
  }

  /** Forgets the numbers: a server that was started anew gives them to other tables. */
  forgetNumbers(): void {
    this.#byId.clear()
  }

  mentions(text: string): boolean {
    const words = new Set(text.toLowerCase().split(/[\s`'"().,;=]+/))
    return [...this.#wanted.values()].some(({ name }) =>
      name.table
        .toLowerCase()
        .split(/[\s`'"().,;=]+/)
        .every((word) => words.has(word)),
    )
  }

  /** A table that was announced, by its names. */
  named(schema: string, table: string): ChangedTable | undefined {
    return this.#wanted.get(this.#nameKey(schema, table))?.known?.table
  }

  #nameKey(schema: string, table: string): string {
    const key = JSON.stringify([schema, table])
    return this.#server.foldsCase ? key.toLowerCase() : key
  }

  async #resolve(map: TableMap, wanted: WantedTable): Promise<void> {
    const fields = await this.#fields(wanted.name)
    const names = new Set(map.columns.map(({ name }) => name))
    const columns: CellColumn[] = []
    const told: Column[] = []
    for (const [i, column] of map.columns.entries()) {
      // One that was renamed since is still in its place.
      const inPlace = fields[i]
      const renamed = inPlace !== undefined && !names.has(inPlace.name) ? inPlace : undefined
      const now = fields.find(({ name }) => name === column.name) ?? renamed
      const { field, extended } = describeField(column, now)
      const mapping = readType(field)
      if (mapping === undefined) {
        throw new Failure('changes.undecodable', { what: `${wanted.dataset}.${column.name} of type ${column.type}` })
      }
      const isText = column.collation !== BINARY
      columns.push({
        ...column,
        label: `${wanted.dataset}.${column.name}`,
        transcode: isText ? await this.#charsets.of(column.collation) : undefined,
        duckType: mapping.type,
        extended,
      })
      told.push({ name: column.name, type: mapping.type, sourceType: mapping.sourceType, fidelity: mapping.fidelity })
    }
    const before = wanted.known
    const table: ChangedTable = { dataset: wanted.dataset, columns: told, keys: map.keys }
    // The same form under another number is the same table: what was made fit for it still fits.
    const isSame = before !== undefined && JSON.stringify(before.table) === JSON.stringify(table)
    const known: RowTable = {
      table: isSame ? before.table : table,
      cells: columns.map(cellReader),
      isKey: columns.map((_, i) => map.keys.includes(i)),
    }
    wanted.known = known
    this.#byId.set(map.id, known)
  }

  /** The columns as the server has them now: the log does not tell a UUID or JSON of MariaDB from bytes and texts. */
  async #fields({ path }: TableName): Promise<readonly ServerField[]> {
    try {
      return await this.#connection.fields(sql`SELECT * FROM ${path}`)
    } catch (error) {
      // Dropped since.
      if (isFailure(error, 'source.rejected')) return []
      throw error
    }
  }
}

const BINARY = 63
/** Stands in an event that only ends a statement. */
const NO_TABLE = 0xff_ffff
const NOT_FIXED_DECIMALS = 31
const FLAG = { unsigned: 32, enum: 256, set: 2048 }

/** A column of the log in the words of a result's columns, so that it gets the same type as when the table is read. */
function describeField(
  column: MappedColumn,
  now: ServerField | undefined,
): { readonly field: ServerField; readonly extended: string | undefined } {
  const { name, size, scale, collation, isUnsigned } = column
  const flags = isUnsigned ? FLAG.unsigned : 0
  const base: ServerField = {
    name,
    type: column.type,
    length: 0,
    decimals: 0,
    flags,
    charset: collation,
    extended: undefined,
  }
  const field = fieldOf(column, { base, size, scale })
  const isSameKind = now?.type === field.type && (now.charset === BINARY) === (field.charset === BINARY)
  const isOwnType = now?.extended !== undefined && (isSameKind || field.charset === BINARY)
  const extended = isOwnType ? now.extended : undefined
  return { field: { ...field, extended, length: isSameKind ? now.length : field.length }, extended }
}

function fieldOf(
  { type, isUnsigned }: MappedColumn,
  { base, size, scale }: { readonly base: ServerField; readonly size: number; readonly scale: number },
): ServerField {
  switch (type) {
    case TYPE.newDecimal:
      return { ...base, length: size + (scale > 0 ? 1 : 0) + (isUnsigned ? 0 : 1), decimals: scale }
    case TYPE.float:
    case TYPE.double:
      return { ...base, decimals: NOT_FIXED_DECIMALS }
    case TYPE.timestamp2:
      return { ...base, type: TYPE.timestamp, decimals: size }
    case TYPE.datetime2:
      return { ...base, type: TYPE.datetime, decimals: size }
    case TYPE.time2:
      return { ...base, type: TYPE.time, decimals: size }
    case TYPE.bit:
      return { ...base, length: size }
    case TYPE.enum:
      return { ...base, type: TYPE.string, flags: FLAG.enum }
    case TYPE.set:
      return { ...base, type: TYPE.string, flags: FLAG.set }
    case TYPE.varchar:
    case TYPE.varcharCompressed:
      return { ...base, type: TYPE.varString, length: size }
    case TYPE.string:
      return { ...base, length: size }
    case TYPE.blob:
    case TYPE.blobCompressed:
      return { ...base, type: TYPE.blob, length: 256 ** Math.max(size, 1) - 1 }
    default:
      return base
  }
}

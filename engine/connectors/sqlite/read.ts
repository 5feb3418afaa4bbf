import { mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import type { DatasetSchema } from '../../contract/dataset.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { Reading, ReadingPart, ReadRequest } from '../api/reading.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import { requireTable, type SqliteTable } from './catalogue.ts'
import { carriedType } from './column-types.ts'
import { openToRead, type SqliteDatabase, type SqliteFile, type SqliteValue } from './database.ts'
import { type CarriedColumn, lineText, locatorText, misfitFacts } from './row-text.ts'
import { drawSample } from './sample.ts'
import { segmentRows } from './segment-rows.ts'
import { storageOf } from './storage.ts'
import { misreadRows, typedRows } from './typed-part.ts'

const PROGRESS_ROWS = 50_000n

export async function describeSqlite(file: SqliteFile, dataset: string): Promise<DatasetSchema> {
  using database = await openToRead(file)
  const table = requireTable(database, dataset)
  const carried = carriedColumns(database, table)
  return {
    columns: table.columns.map(({ name, declared, nullable }, i) => {
      const { type = 'VARCHAR', fidelity } = carried[i] ?? {}
      return { name, type, sourceType: declared, nullable, ...(fidelity === undefined ? {} : { fidelity }) }
    }),
    keys: table.primaryKey.length === 0 ? [] : [{ name: 'primary', kind: 'primary', columns: [...table.primaryKey] }],
    warnings: [],
  }
}

/** One connection and one transaction per reading: all rows are of one moment. */
export async function readSqlite(file: SqliteFile, request: ReadRequest): Promise<Reading> {
  assertNotCancelled(request.signal, request.dataset)
  const database = await openToRead(file)
  try {
    database.run(sql`BEGIN`)
    const table = requireTable(database, request.dataset)
    const columns = pickColumns(request.dataset, carriedColumns(database, table), request.columns)
    return await openReading(database, { table, columns, request })
  } catch (error) {
    database[Symbol.dispose]()
    throw error
  }
}

interface OpenedTable {
  readonly table: SqliteTable
  readonly columns: readonly CarriedColumn[]
  readonly request: Pick<
    ReadRequest,
    'dataset' | 'duck' | 'limitRows' | 'sample' | 'withLocator' | 'signal' | 'onProgress'
  >
}

async function openReading(database: SqliteDatabase, opened: OpenedTable): Promise<Reading> {
  const { columns, request } = opened
  const { duck, signal, withLocator = false } = request
  const directory = await mkdtemp(joinPath(duck.spillDirectory, 'sqlite-'))
  const counted = { rows: 0n, rejected: 0n, bytes: 0n }
  const onRows = (more: typeof counted): void => {
    counted.rows += more.rows
    counted.rejected += more.rejected
    counted.bytes += more.bytes
    if (counted.rows % PROGRESS_ROWS === 0n) request.onProgress?.({ rows: counted.rows, bytes: counted.bytes })
  }
  const lines = database.iterate(lineQuery(database, opened))
  async function* parts(): AsyncGenerator<ReadingPart> {
    for await (const { rows, rejects } of segmentRows({
      lines,
      columns,
      dataset: request.dataset,
      directory,
      signal,
      onRows,
    })) {
      const misread = misreadRows(rows, columns, withLocator)
      if (misread !== undefined)
        counted.rejected += BigInt((await duck.value(sql`SELECT count(*) FROM (${misread})`)) ?? '0')
      const all = [rejects, misread].filter((part) => part !== undefined)
      const relation = typedRows(rows, columns, withLocator)
      yield { relation, ...(all.length === 0 ? {} : { rejects: join(all, ' UNION ALL ') }) }
    }
  }
  const shown: Column[] = columns.map(({ name, type, fidelity }) => ({ name, type, fidelity }))
  return {
    columns: withLocator ? [...shown, { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }] : shown,
    parts: parts(),
    warnings: [],
    counts: () => ({ ...counted }),
    [Symbol.asyncDispose]: async () => {
      lines.return?.()
      database[Symbol.dispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The line, what is wrong with it, and the row's number where it has one. */
function lineQuery(database: SqliteDatabase, { table, columns, request }: OpenedTable): Sql {
  const locator = locatorText(table)
  const line = lineText(columns, request.withLocator === true ? locator : undefined)
  const [[encoding] = []] = database.rows(sql`SELECT encoding FROM pragma_encoding`)
  // As bytes the line comes without a decoder that would hide broken UTF-8. UTF-16 must be turned into text first.
  const bytes = encoding === 'UTF-8' ? sql`CAST(${line} AS BLOB)` : line
  const row = table.rowId === undefined ? sql`NULL` : id(table.rowId)
  const list = sql`${bytes}, ${misfitFacts(columns, locator)}, ${row}`
  const from = id(table.name)
  if (request.sample !== undefined) {
    const [[total = 0n] = []] = database.rows(sql`SELECT count(*) FROM ${from}`)
    drawSample(database, { ...request.sample, total: countOf(total) })
    return sql`SELECT ${list} FROM ${from} WHERE runnel_draw() = 1`
  }
  const limit = request.limitRows === undefined ? sql`` : sql` LIMIT ${literal(request.limitRows)}`
  return sql`SELECT ${list} FROM ${from}${limit}`
}

function countOf(value: SqliteValue): number {
  return typeof value === 'bigint' ? Number(value) : 0
}

function carriedColumns(database: SqliteDatabase, table: SqliteTable): CarriedColumn[] {
  const seen = storageOf(
    database,
    id(table.name),
    table.columns.map(({ name }) => name),
  )
  return table.columns.flatMap(({ name, declared }, i) => {
    const storage = seen[i]
    return storage === undefined ? [] : [{ name, ...carriedType(declared, storage) }]
  })
}

/** The stage of a load as it would be read from the target, under the names the load uses. */
export async function readStage(
  file: SqliteFile,
  {
    table,
    names,
    request,
  }: { table: string; names: ReadonlyMap<string, string>; request: Pick<ReadRequest, 'duck' | 'signal'> },
): Promise<Reading> {
  const { duck, signal } = request
  const reading = await readSqlite(file, {
    dataset: table,
    options: {},
    duck,
    ...(signal === undefined ? {} : { signal }),
  })
  const renamed = (relation: Sql): Sql =>
    sql`SELECT ${join(reading.columns.map(({ name }) => sql`${id(name)} AS ${id(names.get(name) ?? name)}`))} FROM (${relation}) AS staged`
  async function* parts(): AsyncGenerator<ReadingPart> {
    for await (const part of reading.parts ?? []) yield { ...part, relation: renamed(part.relation) }
  }
  return {
    columns: reading.columns.map((column) => ({ ...column, name: names.get(column.name) ?? column.name })),
    parts: parts(),
    warnings: reading.warnings,
    counts: () => reading.counts(),
    [Symbol.asyncDispose]: () => reading[Symbol.asyncDispose](),
  }
}

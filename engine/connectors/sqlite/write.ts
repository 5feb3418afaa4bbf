import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import { KEYED_MODES } from '../../contract/write-mode.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { WriteOutcome, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { fromRelation } from '../shared/load/from-relation.ts'
import { assertStagedKeys } from '../shared/load/key-checks.ts'
import { STATE_TABLE, stageName, stagePrefix } from '../shared/load/load-tables.ts'
import { storedOutcome } from '../shared/load/outcome.ts'
import { standardMerge } from '../shared/load/standard-merge.ts'
import { tableName } from './catalogue.ts'
import { openToWrite, type SqliteDatabase, type SqliteFile, type SqliteValue } from './database.ts'
import { readStage } from './read.ts'
import { binding } from './target-types.ts'
import { planSqlite, type SqlitePlan, typed } from './write-plan.ts'

interface Load {
  readonly file: SqliteFile
  readonly database: SqliteDatabase
  readonly request: WriteRequest
  readonly plan: SqlitePlan
  readonly stageTable: string
}

/** Stages into a table of the same file; the commit is one transaction there. */
export function writeSqlite(file: SqliteFile, request: WriteRequest): Writer {
  assertNotCancelled(request.signal, request.dataset)
  const database = openToWrite(file)
  try {
    database.execute(
      `CREATE TABLE IF NOT EXISTS ${STATE_TABLE} (load_id TEXT PRIMARY KEY, dataset TEXT, mode TEXT, state TEXT, inserted INTEGER, updated INTEGER, deleted INTEGER, target_rows INTEGER, committed_at TEXT)`,
    )
    const [known] = database.rows(
      sql`SELECT inserted, updated, deleted, target_rows FROM ${id(STATE_TABLE)} WHERE load_id = ${literal(request.loadId)}`,
    )
    const plan = planSqlite(database, request)
    const load = { file, database, request, plan, stageTable: stageName(request.dataset, request.loadId) }
    if (known === undefined) prepareStage(load)
    return writerOf(load, known === undefined ? undefined : storedOutcome(known))
  } catch (error) {
    database[Symbol.dispose]()
    throw error
  }
}

function writerOf(load: Load, committed: WriteOutcome | undefined): Writer {
  const { database, request, plan, stageTable } = load
  let isStaged = committed === undefined
  let isOpen = true
  return {
    plan: plan.shown,
    ...(committed === undefined ? {} : { committed }),
    byteFormats: [],
    stage: (relation) => stageRows(load, relation),
    readBack: () => {
      const names = new Map(plan.table.pairs.map(({ column, target }) => [target.name, column.name]))
      return readStage(load.file, { table: stageTable, names, request })
    },
    commit: async () => {
      assertNotCancelled(request.signal, request.dataset)
      const outcome = await commitLoad(load)
      isStaged = false
      return outcome
    },
    [Symbol.asyncDispose]: () => {
      if (!isOpen) return Promise.resolve()
      isOpen = false
      if (isStaged) database.run(sql`DROP TABLE IF EXISTS ${id(stageTable)}`)
      database[Symbol.dispose]()
      return Promise.resolve()
    },
  }
}

/** Removes what killed loads of this dataset left, and makes the stage with the target's types. */
function prepareStage({ database, request, plan, stageTable }: Load): void {
  const left = database.rows(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ${literal(stagePrefix(request.dataset).length)}) = ${literal(stagePrefix(request.dataset))}`,
  )
  for (const [name] of left) database.run(sql`DROP TABLE ${id(String(name))}`)
  database.run(sql`CREATE TABLE ${id(stageTable)} (${join(plan.table.pairs.map(({ target }) => typed(target)))})`)
}

async function stageRows({ database, request, plan, stageTable }: Load, relation: Sql): Promise<bigint> {
  const bindings = plan.table.pairs.map(({ column, target }) => binding(column, target.type))
  const names = join(plan.table.pairs.map(({ target }) => id(target.name)))
  const insert = database.prepare(
    sql`INSERT INTO ${id(stageTable)} (${names}) VALUES (${join(bindings.map(({ place }) => place))})`,
  )
  const values = join(bindings.map(({ value }, i) => sql`${value} AS ${id(`v${i}`)}`))
  const call = request.signal === undefined ? {} : { signal: request.signal }
  let staged = 0n
  database.run(sql`BEGIN IMMEDIATE`)
  try {
    for await (const block of request.duck.blocks(
      sql`SELECT ${values} FROM ${fromRelation(relation)} AS rows_in`,
      call,
    )) {
      for (const row of block) insert(row.map((cell, i) => boundValue(cell, plan.table.pairs[i]?.column.type, request)))
      staged += BigInt(block.length)
    }
    assertNotCancelled(request.signal, request.dataset)
    database.run(sql`COMMIT`)
  } catch (error) {
    database.run(sql`ROLLBACK`)
    throw error instanceof Failure ? error : rejectedBy(request, error)
  }
  return staged
}

/** Text, or the double itself; NaN is NULL to SQLite, and a NUL would hide what follows it from most of its functions. */
function boundValue(cell: Cell, type: string | undefined, { dataset }: WriteRequest): SqliteValue {
  if (cell === null || typeof cell === 'number') return cell
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell)
  if (type === 'DOUBLE' || type === 'FLOAT') {
    const number = Number(text)
    if (Number.isNaN(number))
      throw new Failure('target.rejected', { target: dataset, reason: 'SQLite cannot hold NaN' })
    return number
  }
  if (text.includes('\0')) {
    throw new Failure('target.rejected', { target: dataset, reason: 'a text contains a NUL character' })
  }
  return text
}

async function commitLoad(load: Load): Promise<WriteOutcome> {
  const { database, request, plan } = load
  database.run(sql`BEGIN IMMEDIATE`)
  try {
    for (const statement of plan.shown.statements) database.execute(statement)
    const outcome = await mergeStage(load)
    database.run(sql`COMMIT`)
    return outcome
  } catch (error) {
    database.run(sql`ROLLBACK`)
    throw error instanceof Failure ? error : rejectedBy(request, error)
  }
}

async function mergeStage({ database, request, plan, stageTable }: Load): Promise<WriteOutcome> {
  const { dataset, mode, loadId, state } = request
  const stage = id(stageTable)
  const target = id(tableName(dataset))
  const pairs = plan.table.pairs
  const keys = request.keys.map((key) => pairs.find(({ column }) => column.name === key)?.target.name ?? key)
  if (KEYED_MODES.has(mode)) {
    const rows = (query: Sql): Promise<Cell[][]> =>
      Promise.resolve(database.rows(query).map((row) => row.map((value) => (value === null ? null : String(value)))))
    await assertStagedKeys({ dataset, stage, keys, rows })
    // The name is free of the stage's: SQLite drops an index with its table.
    database.run(sql`CREATE UNIQUE INDEX ${id(`${stageTable}_key`)} ON ${stage} (${join(keys.map((key) => id(key)))})`)
  }
  const merge = standardMerge(mode, { target, stage, columns: pairs.map((pair) => pair.target.name), keys })
  const changed = (statement: Sql | undefined): bigint => (statement === undefined ? 0n : database.run(statement))
  const removed = changed(merge.delete)
  const updated = changed(merge.update)
  const inserted = changed(merge.insert)
  const deleted = mode === 'delete' || mode === 'mirror' ? removed : 0n
  const [[count = 0n] = []] = database.rows(sql`SELECT count(*) FROM ${target}`)
  const targetRows = typeof count === 'bigint' ? count : 0n
  const counts = join([inserted, updated, deleted, targetRows].map((value) => literal(value)))
  const stateText = state === undefined ? null : JSON.stringify(state)
  database.run(
    sql`INSERT INTO ${id(STATE_TABLE)} VALUES (${literal(loadId)}, ${literal(dataset)}, ${literal(mode)}, ${literal(stateText)}, ${counts}, strftime('%Y-%m-%d %H:%M:%f', 'now'))`,
  )
  database.run(sql`DROP TABLE ${stage}`)
  return { inserted, updated, deleted, targetRows }
}

function rejectedBy({ dataset }: WriteRequest, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('SQLITE_FULL')
    ? new Failure('run.disk_full', { reason }, { cause: error })
    : new Failure('target.rejected', { target: dataset, reason }, { cause: error })
}

import { Failure } from '../../../contract/failure.ts'
import { id, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type {
  ApplierRequest,
  ApplyOutcome,
  ChangeApplier,
  FitRequest,
  NetRow,
  NetTable,
} from '../../api/change-applier.ts'
import type { ChangedTable } from '../../api/changes.ts'
import type { WritePlan } from '../../api/writer.ts'
import { type LineGroup, lines } from '../../shared/changes/copy-lines.ts'
import { copyGroups, groupRows, keyLines } from '../../shared/changes/row-groups.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import { type PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { planLoad } from '../write/plan-load.ts'
import {
  type ApplyTable,
  deleteCopies,
  deleteGone,
  insertCopies,
  moveRow,
  type StageColumn,
  stageDefinitions,
  writeParts,
  writeWhole,
} from './apply-tables.ts'
import { storePosition, takeOver } from './positions.ts'
import { retype } from './retype.ts'

const NOTHING: ApplyOutcome = { written: 0n, deleted: 0n, missing: 0n }

interface Owner {
  readonly schema: string
  readonly reader: string
  readonly fence: string
}

/** Brings changes into PostgreSQL: COPY into temporary tables, then one statement for each kind of change, position included. */
export class PostgresApplier implements ChangeApplier {
  readonly #connection: PostgresConnection
  readonly #call: PostgresCall
  readonly #owner: Owner
  readonly #stored: string | undefined
  readonly #tables = new Map<ChangedTable, ApplyTable>()
  readonly #dirty = new Set<ApplyTable>()
  #stages = 0
  #isInTransaction = false

  private constructor(connection: PostgresConnection, call: PostgresCall, owner: Owner, stored: string | undefined) {
    this.#connection = connection
    this.#call = call
    this.#owner = owner
    this.#stored = stored
  }

  static async open(access: PostgresAccess, { reader, claim, signal }: ApplierRequest): Promise<PostgresApplier> {
    const call: PostgresCall = { signal, side: 'target' }
    await using stack = new AsyncDisposableStack()
    const connection = stack.use(await PostgresConnection.open(access, call))
    const { schema } = access.config
    const { fence, position } = await takeOver(
      connection,
      { schema, reader, ...(claim === undefined ? {} : { claim }) },
      call,
    )
    stack.move()
    return new PostgresApplier(connection, call, { schema, reader, fence }, position)
  }

  get claim(): string {
    return this.#owner.fence
  }

  position(): Promise<string | undefined> {
    return Promise.resolve(this.#stored)
  }

  async fit(table: ChangedTable, { dataset, ddl, leftOut, retyped }: FitRequest): Promise<WritePlan> {
    await this.#begin()
    const keys = table.keys.map((position) => table.columns[position]?.name ?? '')
    const taken = table.columns.filter(({ name }) => leftOut?.has(name) !== true)
    const mode = keys.length > 0 ? 'upsert' : 'append'
    const request = { dataset, columns: taken, mode, keys } as const
    const changed = taken.filter(({ name }) => retyped?.has(name) === true)
    // Text goes into every column: the type that there is now does not matter, since it is changed.
    const planned = taken.map((column) => (changed.includes(column) ? { ...column, type: 'VARCHAR' } : column))
    const before = await planLoad(this.#connection, { ...request, columns: planned, ddl }, this.#owner.schema)
    const statements = [...before.write.statements, ...(await retype(this.#connection, before, changed))]
    for (const statement of statements) await this.#run(trusted(statement))
    // What was changed is only now as it is written to.
    const plan = await planLoad(this.#connection, { ...request, ddl: 'never' }, this.#owner.schema)
    const columns = table.columns.map(
      (column, position): StageColumn => ({
        position,
        name: column.name,
        target: plan.table.pairs.find((pair) => pair.column === column)?.target,
      }),
    )
    const number = this.#stages++
    const made: ApplyTable = {
      table,
      target: id(plan.path.schema, plan.path.name),
      columns,
      keys: table.keys.flatMap((position) => columns[position] ?? []),
      rows: id(`_runnel_rows_${number}`),
      gone: id(`_runnel_gone_${number}`),
    }
    for (const statement of stageDefinitions(made)) await this.#run(statement)
    this.#tables.set(table, made)
    return { ...before.write, statements }
  }

  async apply(changes: NetTable, dataset: string): Promise<ApplyOutcome> {
    const table = this.#tables.get(changes.table)
    if (table === undefined) throw new TypeError(`${dataset} was not fitted`)
    await this.#begin()
    // Stages are emptied by the commit; a table that comes again before it finds what the last wave left.
    if (this.#dirty.has(table)) await this.#run(sql`TRUNCATE ${table.rows}, ${table.gone}`)
    this.#dirty.add(table)
    if (changes.isTruncated) await this.#run(sql`TRUNCATE ${table.target}`)
    if (changes.table.keys.length === 0) return this.#applyCopies(table, changes)
    const deleted = await this.#delete(table, changes.deleted)
    const moved = await this.#move(table, changes)
    const written = await this.#write(table, [...changes.written.values()])
    return { deleted, written: written.written + moved.written, missing: written.missing + moved.missing }
  }

  async assertOwned(): Promise<void> {
    await this.#begin()
    await storePosition(this.#connection, { ...this.#owner, position: undefined }, this.#call)
  }

  async commit(position: string | undefined): Promise<void> {
    await this.#begin()
    await storePosition(this.#connection, { ...this.#owner, position }, this.#call)
    await this.#run(sql`COMMIT`)
    this.#isInTransaction = false
    this.#dirty.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }

  async #begin(): Promise<void> {
    if (this.#isInTransaction) return
    await this.#run(sql`BEGIN`)
    this.#isInTransaction = true
  }

  async #delete(table: ApplyTable, keys: readonly string[]): Promise<bigint> {
    if (keys.length === 0) return 0n
    await this.#copy(table.gone, [keyLines(keys)])
    return this.#run(deleteGone(table))
  }

  async #move(table: ApplyTable, { moved }: NetTable): Promise<ApplyOutcome> {
    const [first] = moved
    if (first === undefined) return NOTHING
    const [oldKey, { line, unchanged }] = first
    await this.#copy(table.gone, [keyLines([oldKey])])
    await this.#copy(table.rows, [{ lines: [line], number: 0 }])
    let written = 0n
    for (const statement of moveRow(table, unchanged)) written = await this.#run(statement)
    return { deleted: 0n, written, missing: 1n - written }
  }

  async #write(table: ApplyTable, rows: readonly NetRow[]): Promise<ApplyOutcome> {
    if (rows.length === 0) return NOTHING
    const groups = groupRows(rows)
    await this.#copy(
      table.rows,
      groups.map((group, number) => ({ lines: group.lines, number })),
    )
    let written = 0n
    let missing = 0n
    for (const [number, { unchanged, lines: group }] of groups.entries()) {
      if (group.length === 0) continue
      const count = await this.#run(number === 0 ? writeWhole(table) : writeParts(table, number, unchanged))
      written += count
      missing += number === 0 ? 0n : BigInt(group.length) - count
    }
    return { written, deleted: 0n, missing }
  }

  async #applyCopies(table: ApplyTable, { copies }: NetTable): Promise<ApplyOutcome> {
    await this.#copy(table.gone, copyGroups(copies, -1))
    await this.#copy(table.rows, copyGroups(copies, 1))
    const deleted = await this.#run(deleteCopies(table))
    const written = await this.#run(insertCopies(table))
    return { written, deleted, missing: 0n }
  }

  async #copy(table: Sql, groups: readonly LineGroup[]): Promise<void> {
    const count = groups.reduce((sum, group) => sum + group.lines.length, 0)
    if (count === 0) return
    const taken = await this.#connection.copyIn(sql`COPY ${table} FROM STDIN`, lines(groups), this.#call)
    if (taken !== BigInt(count))
      throw new Failure('changes.undecodable', { what: `${taken} of ${count} lines were taken` })
  }

  #run(statement: Sql): Promise<bigint> {
    return this.#connection.run(statement, this.#call)
  }
}

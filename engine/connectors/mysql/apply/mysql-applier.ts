import { Readable } from 'node:stream'
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
import { type MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { type FittedTable, fitTable } from './fit-table.ts'
import { storePosition, takeOver } from './positions.ts'
import {
  deleteEqual,
  deleteGone,
  GROUP,
  insertCopies,
  insertWhole,
  keepRest,
  moveRow,
  stageDefinitions,
  updateWhole,
  writeParts,
} from './stage-statements.ts'

const NOTHING: ApplyOutcome = { written: 0n, deleted: 0n, missing: 0n }

interface Owner {
  readonly schema: string
  readonly reader: string
  readonly fence: string
}

/** Brings changes into MySQL and MariaDB: LOAD DATA into temporary tables, then set-based statements, position included. */
export class MysqlApplier implements ChangeApplier {
  readonly #connection: MysqlConnection
  readonly #signal: AbortSignal | undefined
  readonly #owner: Owner
  readonly #stored: string | undefined
  readonly #tables = new Map<ChangedTable, FittedTable>()
  readonly #used = new Set<FittedTable>()
  #stages = 0
  #isInTransaction = false

  private constructor(
    connection: MysqlConnection,
    owner: Owner,
    { stored, signal }: { stored: string | undefined; signal: AbortSignal | undefined },
  ) {
    this.#connection = connection
    this.#owner = owner
    this.#stored = stored
    this.#signal = signal
  }

  static async open(access: MysqlAccess, { reader, claim, signal }: ApplierRequest): Promise<MysqlApplier> {
    const schema = access.config.database
    if (schema === undefined) {
      const reason = 'its connection must name a database: that is where the position of a sync is kept'
      throw new Failure('target.rejected', { target: access.name, reason })
    }
    await using stack = new AsyncDisposableStack()
    const connection = stack.use(await MysqlConnection.open(access, 'target'))
    const { fence, position } = await takeOver(
      connection,
      { schema, reader, ...(claim === undefined ? {} : { claim }) },
      signal,
    )
    stack.move()
    return new MysqlApplier(connection, { schema, reader, fence }, { stored: position, signal })
  }

  get claim(): string {
    return this.#owner.fence
  }

  position(): Promise<string | undefined> {
    return Promise.resolve(this.#stored)
  }

  async fit(table: ChangedTable, how: FitRequest): Promise<WritePlan> {
    const { schema } = this.#owner
    const number = this.#stages++
    const fitted = await fitTable(table, how, {
      connection: this.#connection,
      database: schema,
      stages: { rows: id(schema, `_runnel_rows_${number}`), gone: id(schema, `_runnel_gone_${number}`) },
      change: (statement) => this.#changeStructure(statement, how.dataset),
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    })
    for (const statement of stageDefinitions(fitted)) await this.#run(statement)
    this.#tables.set(table, fitted)
    return fitted.plan
  }

  async apply(changes: NetTable, dataset: string): Promise<ApplyOutcome> {
    const table = this.#tables.get(changes.table)
    if (table === undefined) throw new TypeError(`${dataset} was not fitted`)
    if (!this.#isInTransaction) await this.#run(sql`START TRANSACTION`)
    this.#isInTransaction = true
    if (this.#used.has(table)) await this.#empty(table)
    this.#used.add(table)
    if (changes.isTruncated) await this.#run(sql`DELETE FROM ${table.target}`)
    if (changes.table.keys.length === 0) return this.#applyCopies(table, changes)
    const deleted = await this.#delete(table, changes.deleted)
    const moved = await this.#move(table, changes)
    const written = await this.#write(table, [...changes.written.values()])
    return { deleted, written: written.written + moved.written, missing: written.missing + moved.missing }
  }

  async assertOwned(): Promise<void> {
    if (!this.#isInTransaction) await this.#run(sql`START TRANSACTION`)
    this.#isInTransaction = true
    await storePosition(this.#connection, { ...this.#owner, position: undefined }, this.#signal)
  }

  async commit(position: string | undefined): Promise<void> {
    if (!this.#isInTransaction) await this.#run(sql`START TRANSACTION`)
    this.#isInTransaction = true
    await storePosition(this.#connection, { ...this.#owner, position }, this.#signal)
    await this.#run(sql`COMMIT`)
    this.#isInTransaction = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }

  /**
   * MySQL commits before it changes a structure. Where changes are applied already that must not be seen yet, they are taken back and
   * the whole is begun again, with the structure as it must be.
   */
  async #changeStructure(statement: string, dataset: string): Promise<void> {
    const isInterrupted = this.#isInTransaction
    if (isInterrupted) await this.#run(sql`ROLLBACK`)
    this.#isInTransaction = false
    await this.#run(trusted(statement))
    if (isInterrupted) throw new Failure('sync.begin_again', { dataset })
  }

  async #empty({ rows, gone }: FittedTable): Promise<void> {
    await this.#run(sql`DELETE FROM ${rows}`)
    await this.#run(sql`DELETE FROM ${gone}`)
  }

  async #delete(table: FittedTable, keys: readonly string[]): Promise<bigint> {
    if (keys.length === 0) return 0n
    await this.#load(table, 'gone', [keyLines(keys)])
    return this.#run(deleteGone(table))
  }

  async #move(table: FittedTable, { moved }: NetTable): Promise<ApplyOutcome> {
    const [first] = moved
    if (first === undefined) return NOTHING
    const [oldKey, { line, unchanged }] = first
    await this.#load(table, 'gone', [keyLines([oldKey])])
    await this.#load(table, 'rows', [{ lines: [line], number: 0 }])
    let written = 0n
    for (const statement of moveRow(table, unchanged)) written = await this.#run(statement)
    return { deleted: 0n, written, missing: 1n - written }
  }

  async #write(table: FittedTable, rows: readonly NetRow[]): Promise<ApplyOutcome> {
    if (rows.length === 0) return NOTHING
    const groups = groupRows(rows)
    await this.#load(
      table,
      'rows',
      groups.map((group, number) => ({ lines: group.lines, number })),
    )
    const update = updateWhole(table)
    const isWhole = groups[0]?.lines.length !== 0
    let written = isWhole && update !== undefined ? await this.#run(update) : 0n
    if (isWhole) written += await this.#run(insertWhole(table))
    let missing = 0n
    for (const [number, { unchanged, lines: group }] of groups.entries()) {
      if (number === 0) continue
      const count = await this.#run(writeParts(table, number, unchanged))
      written += count
      missing += BigInt(group.length) - count
    }
    return { written, deleted: 0n, missing }
  }

  async #applyCopies(table: FittedTable, { copies }: NetTable): Promise<ApplyOutcome> {
    await this.#load(table, 'gone', copyGroups(copies, -1))
    const kept = await this.#deleteCopies(table)
    await this.#load(table, 'rows', copyGroups(copies, 1))
    const most = Number(await this.#connection.value(sql`SELECT MAX(${GROUP}) FROM ${table.rows}`, this.#signal))
    const inserted = most === 0 ? 0n : await this.#run(insertCopies(table, most))
    return { written: inserted - kept.again, deleted: kept.deleted - kept.again, missing: 0n }
  }

  /** Rows without a key cannot be deleted one by one: all equal ones go, and those that were not meant are written again. */
  async #deleteCopies(table: FittedTable): Promise<{ readonly deleted: bigint; readonly again: bigint }> {
    const kept = await this.#run(keepRest(table))
    const again = BigInt(
      (await this.#connection.value(sql`SELECT COALESCE(SUM(${GROUP}), 0) FROM ${table.rows}`, this.#signal)) ?? '0',
    )
    if (kept > 0n && table.others.length > 0) {
      const reason = `equal rows cannot be told apart: the source has no key and no column ${table.others.join(', ')}`
      throw new Failure('target.rejected', { target: table.dataset, reason })
    }
    return { deleted: await this.#run(deleteEqual(table)), again }
  }

  /** @throws Failure `target.rejected` when a value would not be in the target what it is in the source */
  async #load(table: FittedTable, stage: 'rows' | 'gone', groups: readonly LineGroup[]): Promise<void> {
    const count = groups.reduce((sum, group) => sum + group.lines.length, 0)
    if (count === 0) return
    const { statement, translate } = table.loads[stage]
    const sent =
      translate === undefined
        ? groups
        : groups.map((group) => ({ ...group, lines: group.lines.map((line) => translate(Buffer.from(line))) }))
    const input = Readable.from(lines(sent), { objectMode: false })
    const { affectedRows, warnings } = await this.#connection.load(statement, input, this.#signal)
    if (warnings > 0) await this.#refuse(table.dataset)
    if (affectedRows !== BigInt(count))
      throw new Failure('changes.undecodable', { what: `${affectedRows} of ${count} lines were taken` })
  }

  async #refuse(dataset: string): Promise<never> {
    const { rows } = await this.#connection.rows(sql`SHOW WARNINGS LIMIT 3`)
    const reason = rows.map(([, , text]) => text).join('; ')
    throw new Failure('target.rejected', { target: dataset, reason })
  }

  async #run(statement: Sql): Promise<bigint> {
    return (await this.#connection.execute(statement, this.#signal)).affectedRows
  }
}

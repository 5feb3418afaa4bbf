import { rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { newId } from '../../base/ids.ts'
import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import { REJECT_COLUMNS, type Reject } from '../../contract/reject.ts'
import type { Duck } from '../../duck/duck.ts'
import { CSV_SEGMENT, scanSegments } from '../../duck/segment.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { ReadingPart } from '../api/reading.ts'
import { FORMULA, isNested } from './cell-text.ts'
import { cellCheckOf } from './cell-types.ts'
import { RejectFile } from './reject-file.ts'
import type { RowScanner } from './row-scanner.ts'
import { SegmentFile } from './segment-file.ts'
import type { SegmentRows } from './segment-rows.ts'

/** What all rows of a part have in common. */
export interface PartShape {
  /** Columns in the file's order. */
  readonly columns: readonly Column[]
  readonly formats: ReadonlyMap<number, string>
  readonly rows: SegmentRows
  readonly withLocator: boolean
  /** Columns of the relation, in its order. */
  readonly chosen: readonly Column[]
  readonly stopsOnTypeError: boolean
  /** Text cells have the escape of FORMULA undone. */
  readonly removesFormulaEscapes: boolean
}

export interface FinishedPart extends ReadingPart {
  /** Rows that DuckDB refused, beyond those counted while scanning. */
  readonly rejectedLater: bigint
  remove(): Promise<void>
}

/** Several files, so that DuckDB reads a part with all threads. */
const SEGMENT_BYTES = 16 * 1024 * 1024

/** Rows on their way into segment files, and the relation over them. */
export class TextPart {
  bytes = 0
  rows = 0
  readonly rejects: RejectFile
  readonly #shape: PartShape
  readonly #folder: string
  readonly #files: SegmentFile[] = []
  #current: SegmentFile | undefined
  #longestLineBytes = 0
  #hasQuotedNewlines = false

  constructor(folder: string, shape: PartShape) {
    this.#folder = folder
    this.#shape = shape
    this.rejects = new RejectFile(folder)
  }

  get isEmpty(): boolean {
    return this.rows === 0 && this.rejects.count === 0n
  }

  add(bytes: Buffer, scanner: RowScanner, locator: Buffer | undefined): void {
    const file = this.#segment()
    const before = file.size
    this.#shape.rows.write(file, bytes, scanner, locator)
    const length = file.size - before
    this.bytes += length
    this.rows++
    if (length > this.#longestLineBytes) this.#longestLineBytes = length
    if (scanner.lines > 1) this.#hasQuotedNewlines = true
  }

  reject(reject: Reject): void {
    this.rejects.add(reject)
  }

  /** Closes the files and gives the relation. Values of types that only DuckDB can judge are judged here. */
  async finish(duck: Duck, signal?: AbortSignal): Promise<FinishedPart> {
    for (const file of this.#files) file.close()
    const scanned = this.rejects.close()
    const scan = this.#scan()
    const judged = scan === undefined ? undefined : await this.#judge(duck, scan, signal)
    const rejects = [scanned, judged?.rejects].filter((query) => query !== undefined)
    return {
      relation: scan === undefined ? emptyRelation(this.#shape.chosen) : this.#select(scan, judged !== undefined),
      ...(rejects.length === 0 ? {} : { rejects: join(rejects, ' UNION ALL ') }),
      rejectedLater: judged?.count ?? 0n,
      remove: async () => {
        this.remove()
        if (judged !== undefined) await rm(judged.path, { force: true })
      },
    }
  }

  remove(): void {
    for (const file of this.#files) file.remove()
    this.rejects.remove()
  }

  #segment(): SegmentFile {
    if (this.#current === undefined || this.#current.size >= SEGMENT_BYTES) {
      this.#current?.close()
      this.#current = new SegmentFile(this.#folder)
      this.#files.push(this.#current)
    }
    return this.#current
  }

  /** Columns under names of their own, so that no header can clash with anything. */
  #scan(): Sql | undefined {
    if (this.#files.length === 0) return undefined
    const columns = this.#shape.columns.map(({ type }, i) => ({
      name: `c${i}`,
      type: this.#isJudged(i) ? 'VARCHAR' : type,
    }))
    const locator = this.#shape.withLocator ? [{ name: 'locator', type: 'VARCHAR' }] : []
    return scanSegments(
      this.#files.map(({ path }) => path),
      [...columns, ...locator],
      this.#shape.rows.dialect,
      { longestLineBytes: this.#longestLineBytes + 1, hasQuotedNewlines: this.#hasQuotedNewlines },
    )
  }

  #isJudged(column: number): boolean {
    const type = this.#shape.columns[column]?.type ?? 'VARCHAR'
    return this.#shape.formats.has(column) || (type !== 'VARCHAR' && cellCheckOf(type) === undefined)
  }

  #judgedColumns(): number[] {
    return this.#shape.columns.map((_, i) => i).filter((i) => this.#isJudged(i))
  }

  #cast(column: number): Sql {
    const type = trusted(this.#shape.columns[column]?.type ?? 'VARCHAR')
    const format = this.#shape.formats.get(column)
    // Nested values are JSON in a text file; DuckDB's own notation for them is not read by anybody else.
    if (isNested(this.#shape.columns[column]?.type ?? '')) {
      return sql`TRY_CAST(TRY_CAST(${id(`c${column}`)} AS JSON) AS ${type})`
    }
    return format === undefined
      ? sql`TRY_CAST(${id(`c${column}`)} AS ${type})`
      : sql`TRY_CAST(try_strptime(${id(`c${column}`)}, ${literal(format)}) AS ${type})`
  }

  #value(column: number): Sql {
    if (this.#isJudged(column)) return this.#cast(column)
    const cell = id(`c${column}`)
    if (!this.#shape.removesFormulaEscapes || this.#shape.columns[column]?.type !== 'VARCHAR') return cell
    return sql`CASE WHEN starts_with(${cell}, ${literal("'")}) AND regexp_matches(${cell}, ${literal(FORMULA)}) THEN substr(${cell}, 2) ELSE ${cell} END`
  }

  #isBroken(column: number): Sql {
    return sql`(${id(`c${column}`)} IS NOT NULL AND ${this.#cast(column)} IS NULL)`
  }

  #select(scan: Sql, hasJudged: boolean): Sql {
    const expressions = this.#shape.chosen.map(({ name }) => {
      if (name === LOCATOR_COLUMN) return sql`"locator" AS ${id(name)}`
      const column = this.#shape.columns.findIndex((candidate) => candidate.name === name)
      return sql`${this.#value(column)} AS ${id(name)}`
    })
    const judged = this.#judgedColumns().map((column) => this.#isBroken(column))
    const where = hasJudged ? sql` WHERE NOT (${join(judged, ' OR ')})` : trusted('')
    return sql`SELECT ${join(expressions)} FROM (${scan})${where}`
  }

  /** Writes the rows with values that DuckDB cannot cast to a file of rejects; undefined when no column needs it. */
  async #judge(
    duck: Duck,
    scan: Sql,
    signal?: AbortSignal,
  ): Promise<{ count: bigint; rejects: Sql; path: string } | undefined> {
    const judged = this.#judgedColumns()
    if (judged.length === 0) return undefined
    const raw = sql`to_json(struct_pack(${join(this.#shape.columns.map(({ name }, i) => sql`${id(name)} := ${id(`c${i}`)}`))}))`
    const arms = (text: (column: number) => Sql): Sql =>
      sql`CASE ${join(
        judged.map((column) => sql`WHEN ${this.#isBroken(column)} THEN ${text(column)}`),
        ' ',
      )} END`
    const name = (column: number): string => this.#shape.columns[column]?.name ?? ''
    const type = (column: number): string => this.#shape.columns[column]?.type ?? ''
    const query = sql`SELECT ${arms((column) => literal(`type.${type(column)}`))} AS "rule", ${arms((column) => literal(name(column)))} AS "column", ${arms((column) => id(`c${column}`))} AS "value", ${arms((column) => literal(`not a value of ${type(column)}`))} AS "reason", "locator", ${raw}::VARCHAR AS "raw" FROM (${scan}) WHERE ${join(
      judged.map((column) => this.#isBroken(column)),
      ' OR ',
    )}`
    const path = joinPath(this.#folder, `text-rejects-${newId()}.csv`)
    const call = signal === undefined ? {} : { signal }
    const count = await duck.run(
      sql`COPY (${query}) TO ${literal(path)} (FORMAT csv, HEADER false, FORCE_QUOTE *)`,
      call,
    )
    const columns = REJECT_COLUMNS.map((column) => ({ name: column, type: 'VARCHAR' }))
    const rejects = scanSegments([path], columns, CSV_SEGMENT, { hasQuotedNewlines: true })
    if (count > 0n && this.#shape.stopsOnTypeError) await stopAtFirst(duck, rejects)
    return { count, rejects, path }
  }
}

async function stopAtFirst(duck: Duck, rejects: Sql): Promise<never> {
  const { rows } = await duck.rows(sql`SELECT "locator", "column", "rule", "value" FROM (${rejects}) LIMIT 1`)
  const [locator, column, rule, value] = (rows[0] ?? []).map(String)
  const type = (rule ?? '').replace(/^type\./, '')
  throw new Failure('file.type_broken', { locator: locator ?? '', column: column ?? '', type, value: value ?? '' })
}

function emptyRelation(columns: readonly Column[]): Sql {
  return sql`SELECT ${join(columns.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
}

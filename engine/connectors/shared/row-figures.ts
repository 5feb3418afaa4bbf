import type { ExactFigures } from '../../contract/profile/column-profile.ts'
import { join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { ColumnFigures, DatasetFigures, FiguredColumn } from '../api/figures.ts'

/** What systems write differently in an aggregate. */
export interface FiguresDialect {
  /** A number in floating point; NULL for NaN, infinities and what is beyond 1e150. */
  number(value: Sql): Sql
  /** A number without its fraction. */
  truncated(number: Sql): Sql
  /** Whether a text has nothing but white space (profile/columns/blank.ts). */
  isBlank(text: Sql): Sql
  /** A text in the order of its UTF-8 bytes, as DuckDB has it. */
  byBytes(text: Sql): Sql
  /** Any value as text. */
  shown(value: Sql): Sql
}

/** A column as the statement has it. */
export interface AskedColumn extends FiguredColumn {
  /** Of a text: as rows are read. */
  readonly value: Sql
}

/** PostgreSQL allows 1,664 expressions in a list. */
const COLUMNS_AT_ONCE = 100
const REPLACEMENT = '%\u{FFFD}%'

type Figure = keyof Omit<ColumnFigures, 'length'> | 'shortest' | 'longest' | 'meanLength'
type Told = readonly (readonly [Figure, Sql])[]

/**
 * Asks for all figures of all columns, a hundred columns in one scan.
 * @param from what stands behind FROM, with its alias
 */
export async function rowFigures(
  ask: (statement: Sql) => Promise<readonly (string | null)[]>,
  { from, columns, dialect }: { from: Sql; columns: readonly AskedColumn[]; dialect: FiguresDialect },
): Promise<DatasetFigures> {
  const found = new Map<string, ColumnFigures>()
  let rows = 0n
  for (let start = 0; start === 0 || start < columns.length; start += COLUMNS_AT_ONCE) {
    const group = columns
      .slice(start, start + COLUMNS_AT_ONCE)
      .map((column) => ({ column, told: told(column, dialect) }))
    const figures = group.flatMap((one) => one.told.map(([, value]) => dialect.shown(value)))
    const [all, ...cells] = await ask(sql`SELECT ${join([sql`count(*)`, ...figures])} FROM ${from}`)
    rows = BigInt(all ?? 0)
    let at = 0
    for (const one of group) found.set(one.column.name, read(one.told, cells.slice(at, (at += one.told.length))))
  }
  return { rows, columns: found }
}

function told(column: AskedColumn, dialect: FiguresDialect): Told {
  const { value, kind } = column
  const nulls = [['nulls', sql`count(*) - count(${value})`]] as const
  switch (kind) {
    case 'number':
      return [...nulls, ...ends(value), ...ofNumber(column, dialect)]
    case 'text':
      return [...nulls, ...ends(dialect.byBytes(value)), ...ofText(value, dialect)]
    case 'date':
    case 'timestamp':
    case 'time':
      return [...nulls, ...ends(value)]
    case 'boolean':
      return [...nulls, ...ends(dialect.byBytes(dialect.shown(value))), ['trues', times(value)]]
    case 'other':
      // As text they stand in the order of their bits.
      return column.type === 'UUID' ? [...nulls, ...ends(dialect.byBytes(dialect.shown(value)))] : nulls
    case 'nested':
      return nulls
  }
}

function ends(ordered: Sql): Told {
  return [
    ['min', sql`min(${ordered})`],
    ['max', sql`max(${ordered})`],
  ]
}

function ofNumber({ value, isWhole, mayBeExtreme }: AskedColumn, dialect: FiguresDialect): Told {
  const number = dialect.number(value)
  return [
    ['mean', sql`avg(${number})`],
    ['std', sql`stddev_samp(${number})`],
    ['zeros', times(sql`${value} = 0`)],
    ['negatives', times(sql`${value} < 0`)],
    ...(isWhole ? [] : [['integers', times(sql`${number} = ${dialect.truncated(number)}`)] as const]),
    ...(mayBeExtreme ? [['extremes', times(sql`${value} IS NOT NULL AND ${number} IS NULL`)] as const] : []),
  ]
}

function ofText(text: Sql, dialect: FiguresDialect): Told {
  const length = sql`char_length(${text})`
  return [
    ['blanks', times(dialect.isBlank(text))],
    ['shortest', sql`min(${length})`],
    ['longest', sql`max(${length})`],
    ['meanLength', sql`avg(1e0 * ${length})`],
    ['leadingSpace', times(sql`${text} LIKE ' %'`)],
    ['trailingSpace', times(sql`${text} LIKE '% '`)],
    ['replacementCharacters', times(sql`${text} LIKE ${literal(REPLACEMENT)}`)],
  ]
}

/** How often a condition holds; 0 where there are no rows. */
function times(condition: Sql): Sql {
  return sql`coalesce(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`
}

/** Without what the system had no value for. */
function read(figures: Told, cells: readonly (string | null)[]): ColumnFigures {
  const found = new Map<Figure, string>()
  for (const [i, [name]] of figures.entries()) {
    const cell = cells[i]
    if (cell !== null && cell !== undefined) found.set(name, cell)
  }
  const [shortest, longest, meanLength] = [found.get('shortest'), found.get('longest'), found.get('meanLength')]
  const length: ExactFigures['length'] =
    shortest === undefined || longest === undefined
      ? undefined
      : { min: Number(shortest), max: Number(longest), mean: Number(meanLength) }
  const numbers = NUMBERS.flatMap((name) => {
    const text = found.get(name)
    return text === undefined ? [] : [[name, Number(text)] as const]
  })
  const [min, max] = [found.get('min'), found.get('max')]
  return {
    nulls: Number(found.get('nulls')),
    ...Object.fromEntries(numbers),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(length === undefined ? {} : { length }),
  }
}

const NUMBERS = [
  'blanks',
  'mean',
  'std',
  'zeros',
  'negatives',
  'integers',
  'extremes',
  'trues',
  'leadingSpace',
  'trailingSpace',
  'replacementCharacters',
] as const

import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { Carriage, CarriedType } from './column-types.ts'

export interface CarriedColumn extends CarriedType {
  readonly name: string
}

/** How many arguments one `concat` is given; SQLite takes 1,000. */
const CONCAT_ARGUMENTS = 900

/** Expression that is one line of a CSV segment without its end, made inside SQLite: NULL is nothing, text is in quotes. */
export function lineText(columns: readonly CarriedColumn[], locator: Sql | undefined): Sql {
  const cells = columns.map(({ name, carriage }) => cellText(id(name), carriage))
  if (locator !== undefined) cells.push(quoted(locator))
  // A line with nothing on it would be no row at all, so a single column gets company.
  if (cells.length === 1) cells.push(sql`'1'`)
  return concatenated(cells.flatMap((cell, i) => (i === 0 ? [cell] : [sql`','`, cell])))
}

/**
 * Expression that is NULL for a row that can be carried, else a JSON array: the position of the first column whose stored
 * value cannot be, that value as SQLite writes it in SQL, and where the row stands.
 */
export function misfitFacts(columns: readonly CarriedColumn[], locator: Sql): Sql {
  const cases = columns.map(({ name, carriage, type }, i) => {
    const facts = sql`json_array(${trusted(String(i))}, quote(${id(name)}), ${locator})`
    return sql`WHEN ${misfit(id(name), carriage, type)} THEN ${facts}`
  })
  return sql`CASE ${join(cases, ' ')} END`
}

/** A double in 17 digits, which is enough to read back the same bits. */
function realText(column: Sql): Sql {
  return sql`printf('%!.17g', ${column})`
}

function cellText(column: Sql, carriage: Carriage): Sql {
  switch (carriage) {
    case 'integer':
    case 'boolean':
      return column
    case 'real':
      return sql`CASE WHEN ${column} IS NOT NULL THEN ${realText(column)} END`
    case 'blob':
      return quoted(sql`CASE WHEN ${column} IS NOT NULL THEN hex(${column}) END`)
    case 'text':
      return quoted(column)
    case 'mixed':
      return quoted(sql`CASE typeof(${column}) WHEN 'real' THEN ${realText(column)} ELSE ${column} END`)
    case 'parsed':
      return quoted(sql`CASE typeof(${column}) WHEN 'real' THEN printf('%!.15g', ${column}) ELSE ${column} END`)
  }
}

/** `||` rather than concat: NULL must stay nothing. */
function quoted(text: Sql): Sql {
  return sql`'"' || replace(${text}, '"', '""') || '"'`
}

function misfit(column: Sql, carriage: Carriage, type: string): Sql {
  const storage = sql`typeof(${column})`
  switch (carriage) {
    case 'integer':
      return sql`${storage} NOT IN ('integer', 'null')`
    case 'boolean':
      return sql`${storage} <> 'null' AND NOT (${storage} = 'integer' AND ${column} IN (0, 1))`
    case 'real':
      // Integers up to 2^53 are doubles; beyond, some are not.
      return sql`${storage} NOT IN ('real', 'null') AND NOT (${storage} = 'integer' AND ${column} BETWEEN -9007199254740992 AND 9007199254740992)`
    case 'text':
      return sql`${storage} NOT IN ('text', 'null')`
    case 'blob':
      return sql`${storage} NOT IN ('blob', 'null')`
    case 'mixed':
      return sql`${storage} = 'blob'`
    case 'parsed':
      return type.startsWith('DECIMAL')
        ? sql`${storage} = 'blob' OR (${storage} = 'real' AND CAST(printf('%!.15g', ${column}) AS REAL) <> ${column})`
        : sql`${storage} NOT IN ('text', 'null')`
  }
}

function concatenated(pieces: readonly Sql[]): Sql {
  if (pieces.length <= CONCAT_ARGUMENTS) return sql`concat(${join(pieces)})`
  const groups = Array.from({ length: Math.ceil(pieces.length / CONCAT_ARGUMENTS) }, (_, i) =>
    concatenated(pieces.slice(i * CONCAT_ARGUMENTS, (i + 1) * CONCAT_ARGUMENTS)),
  )
  return concatenated(groups)
}

/** Where a row stands: its key as JSON, else its row number. */
export function locatorText(table: {
  readonly dataset: string
  readonly primaryKey: readonly string[]
  readonly rowId: string | undefined
}): Sql {
  if (table.primaryKey.length > 0) {
    const parts = table.primaryKey.map((key) => {
      return sql`${literal(key)}, CASE typeof(${id(key)}) WHEN 'blob' THEN quote(${id(key)}) ELSE ${id(key)} END`
    })
    // Joined to nothing it is plain text, which another JSON function takes as a value and not as JSON.
    return sql`json_object(${join(parts)}) || ''`
  }
  const row = table.rowId === undefined ? sql`row_number() OVER ()` : id(table.rowId)
  return sql`${literal(`${table.dataset}:`)} || ${row}`
}

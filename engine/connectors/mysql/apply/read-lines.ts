import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import { GROUP, type StageColumn } from './stage-statements.ts'

/**
 * LOAD DATA for lines as changes have them. LOCAL makes the server warn where it would fail otherwise: every warning means that a value
 * is not what was sent.
 */
export function readLines(stage: Sql, columns: readonly StageColumn[], hasGroup: boolean): Sql {
  const fields = columns.map(({ target, ...column }, i) => {
    if (target === undefined) return trusted('@runnel_left_out')
    return valueOf({ ...column, target }, variable(i)) === undefined ? id(target.name) : variable(i)
  })
  const sets = columns.flatMap((column, i) => {
    const value = valueOf(column, variable(i))
    return value === undefined || column.target === undefined ? [] : [sql`${id(column.target.name)} = ${value}`]
  })
  const setting = sets.length === 0 ? sql`` : sql` SET ${join(sets)}`
  return sql`LOAD DATA LOCAL INFILE 'runnel' INTO TABLE ${stage} CHARACTER SET utf8mb4 ${trusted(LINES)} (${join(hasGroup ? [GROUP, ...fields] : fields)})${setting}`
}

const LINES = `FIELDS TERMINATED BY '\\t' ENCLOSED BY '' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'`

function variable(i: number): Sql {
  return trusted(`@runnel_${i}`)
}

/** What the server makes of a cell; undefined where the cell is the value. What is not as expected stays, and is refused. */
function valueOf({ column, target }: StageColumn, cell: Sql): Sql | undefined {
  if (target === undefined) return undefined
  const type = target.type.toLowerCase()
  const value = ownValue(column.type, type, cell)
  const fraction = /^(?:timestamp|datetime|time)(?:\((\d)\))?/.exec(type)
  const digits = Number(fraction?.[1] ?? 0)
  if (fraction === null || digits === 6) return value
  // The server would round without a word.
  const [read, pattern] = [value ?? cell, literal(`\\.[0-9]{${digits}}[0-9]*[1-9]`)]
  return sql`IF(${read} REGEXP ${pattern}, CONCAT('!', ${read}), ${read})`
}

function ownValue(from: string, to: string, cell: Sql): Sql | undefined {
  switch (from) {
    case 'BOOLEAN':
      return sql`CASE ${cell} WHEN 't' THEN '1' WHEN 'f' THEN '0' ELSE ${cell} END`
    case 'TIMESTAMP WITH TIME ZONE':
      return sql`IF(${cell} LIKE '%+00', LEFT(${cell}, CHAR_LENGTH(${cell}) - 3), ${cell})`
    case 'BLOB':
      return bytesOf(to, sql`UNHEX(SUBSTRING(${cell}, 3))`)
    default:
      if (to.startsWith('bit')) return sql`CAST(${cell} AS UNSIGNED)`
      // The text 0 would become the year 2000.
      return to.startsWith('year') ? sql`LPAD(${cell}, 4, '0')` : undefined
  }
}

function bytesOf(to: string, bytes: Sql): Sql {
  return /^(?:geo|point|line|poly|multi)/.test(to) ? sql`ST_GeomFromWKB(${bytes})` : bytes
}

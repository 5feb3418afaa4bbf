import { z } from 'zod'
import { type ColumnDetail, detailSchema } from '../../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { DetailPart } from './detail-part.ts'
import { isOrdered, isWholeNumberType } from './kind.ts'
import { readMeaning } from './meaning.ts'
import { numberPart } from './number-part.ts'
import { presentFields } from './present-fields.ts'
import type { ProfiledColumn } from './profiled-column.ts'
import { textPart } from './text-part.ts'
import { timePart } from './time-part.ts'

const TOP = 20
/** Values that `classify` is shown. */
const MEANT_VALUES = 2_000
const LONGEST_MEANT = 4_000

export interface DetailRequest {
  /** What stands after FROM; a table at best, since it is read several times. */
  readonly from: Sql
  readonly column: ProfiledColumn
  /** Fewer where the first answer must come soon. */
  readonly meantValues?: number
}

export interface FoundDetail {
  readonly detail: ColumnDetail
  /** Distinct values among those rows, exactly. */
  readonly distinct: number
}

/** Everything of a column that needs more than a running total: one statement over its distinct values. */
export async function columnDetail(duck: Duck, request: DetailRequest, call: DuckCall): Promise<FoundDetail> {
  const { column, meantValues = MEANT_VALUES } = request
  const { rows } = await duck.rows(detailStatement(request, meantValues), call)
  const { distinct, meant, ...found } = statementSchema.parse(presentFields(rows[0]?.[0]))
  return { distinct, detail: { ...found, semantic: readMeaning(meant ?? [], column) } }
}

const statementSchema = detailSchema
  .omit({ semantic: true })
  .extend({ distinct: z.number(), meant: z.array(z.string()).optional() })

function detailStatement({ from, column }: DetailRequest, meantValues: number): Sql {
  const value = column.kind === 'text' ? sql`CAST(${id(column.name)} AS VARCHAR)` : id(column.name)
  const parts = [common(column, meantValues), ...ofKind(column)]
  const tables = [
    sql`rows AS (SELECT ${value} AS v FROM ${from} WHERE ${id(column.name)} IS NOT NULL)`,
    sql`d AS MATERIALIZED (SELECT v, count(*) AS n FROM rows GROUP BY v)`,
    ...parts.flatMap((part) => part.tables),
  ]
  return sql`WITH ${join(tables)} SELECT {${join(parts.flatMap((part) => part.fields))}}`
}

function common({ kind, type }: ProfiledColumn, meantValues: number): DetailPart {
  const mayMean = kind === 'text' || kind === 'date' || (kind === 'number' && isWholeNumberType(type))
  return {
    tables: isOrdered(kind, type)
      ? [sql`totals AS MATERIALIZED (SELECT sum(n) AS n, count(*) AS categories FROM d)`]
      : [],
    fields: [
      sql`'values': (SELECT CAST(coalesce(sum(n), 0) AS DOUBLE) FROM d)`,
      sql`'distinct': (SELECT CAST(count(*) AS DOUBLE) FROM d)`,
      sql`'singles': (SELECT CAST(count(*) FILTER (n = 1) AS DOUBLE) FROM d)`,
      ...(isOrdered(kind, type) ? [topValues, rareValues] : [sql`'top': []`, sql`'rare': []`]),
      ...(mayMean
        ? [
            sql`'meant': (SELECT list(left(CAST(v AS VARCHAR), ${literal(LONGEST_MEANT)})) FROM (FROM rows USING SAMPLE reservoir(${literal(meantValues)} ROWS) REPEATABLE (7)))`,
          ]
        : []),
    ],
  }
}

const topValues = sql`'top': coalesce((SELECT list({'value': CAST(v AS VARCHAR), 'count': CAST(n AS DOUBLE)} ORDER BY n DESC, v) FROM (FROM d ORDER BY n DESC, v LIMIT ${literal(TOP)})), [])`

/** Few categories, nearly all rows in those that are not rare: then one that is rare is perhaps a slip. */
const rareValues = sql`'rare': coalesce((SELECT list({'value': CAST(v AS VARCHAR), 'count': CAST(d.n AS DOUBLE)} ORDER BY d.n, v)
  FROM (SELECT d.* FROM d, totals WHERE totals.n >= 200 AND categories BETWEEN 3 AND 50 AND d.n < 0.01 * totals.n ORDER BY d.n, v LIMIT 10) AS d), [])`

function ofKind({ kind, type }: ProfiledColumn): DetailPart[] {
  switch (kind) {
    case 'number':
      return [numberPart(type)]
    case 'text':
      return [textPart()]
    case 'date':
    case 'timestamp':
      return [timePart(kind)]
    case 'boolean':
    case 'time':
    case 'nested':
    case 'other':
      return []
  }
}

import { cellCount, cellText } from '../../../contract/cell-text.ts'
import type { CodeListFile } from '../../../contract/code-list-file.ts'
import type { Column } from '../../../contract/column.ts'
import type { Deviation } from '../../../contract/deviation.ts'
import type { StandardFile } from '../../../contract/standard-file.ts'
import type { Duck } from '../../../duck/duck.ts'
import { checkColumns } from '../../../govern/standards/check-columns.ts'
import type { KnownColumn } from '../../../govern/standards/link-term.ts'
import { id, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import { type DataRequest, openData } from '../quality/open-data.ts'
import { applicable } from './applicable.ts'

/** Standards and code lists to check by. */
export interface Standards {
  readonly standards: ReadonlyMap<string, StandardFile>
  readonly codeLists: ReadonlyMap<string, CodeListFile>
}

/** Values are told by the first rows. */
const LOOKED_AT = 100_000
/** A column with more is no column of codes. */
const MOST_VALUES = 10_000

/** Where the columns of a dataset depart from the standards that are for it: by what its system says of them, and by its first rows. */
export async function checkDataset(
  context: HostContext,
  dataset: string,
  request: DataRequest & { readonly standards: Standards },
  signal: AbortSignal | undefined,
): Promise<Deviation[]> {
  const { standards, codeLists } = request.standards
  const meant = applicable(standards, [dataset])
  if (meant.length === 0) return []
  await using stack = new AsyncDisposableStack()
  const asked = { ...request, limitRows: LOOKED_AT, datasets: [dataset] }
  const data = await openData(context, asked, { stack, signal })
  let described: readonly Column[] = []
  const { relation, columns } = await data.add(dataset, 'checked', (all) => {
    described = all
    return all.map(({ name }) => name)
  })
  const looksAtValues = meant.some(([, { terms }]) => terms.some(({ codes }) => codes !== undefined))
  const known: KnownColumn[] = []
  for (const { name, type, sourceType, comment } of columns) {
    const told = described.find((column) => column.name === name)
    const values = looksAtValues ? await valuesOf(data.duck, relation, name) : []
    known.push({
      name,
      type,
      sourceType: told?.sourceType ?? sourceType,
      comment: told?.comment ?? comment,
      values,
    })
  }
  return meant.flatMap(([standard, file]) =>
    checkColumns({ place: { dataset }, columns: known, standard, file, codeLists }),
  )
}

async function valuesOf(duck: Duck, relation: Sql, name: string): Promise<KnownColumn['values']> {
  const value = sql`CAST(${id(name)} AS VARCHAR)`
  const { rows } = await duck.rows(
    sql`SELECT ${value}, count(*) FROM ${relation} WHERE ${id(name)} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${literal(MOST_VALUES + 1)}`,
  )
  if (rows.length > MOST_VALUES) return []
  return rows.map(([text, count]) => ({ value: cellText(text ?? ''), rows: cellCount(count) }))
}

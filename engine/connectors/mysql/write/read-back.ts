import type { Column } from '../../../contract/column.ts'
import type { Duck } from '../../../duck/duck.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { Reading, ReadingPart } from '../../api/reading.ts'
import { type MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { openReading } from '../read/open-reading.ts'
import { relationColumns } from '../read/source-relation.ts'
import type { LoadColumn } from '../types/load-column.ts'
import { isNested } from '../types/write-type.ts'

/** Reads a stage and gives its values the names and types they were handed over with, so that both sides can be compared. */
export async function readBack(
  access: MysqlAccess,
  { stage, columns, duck, signal }: { stage: Sql; columns: readonly LoadColumn[]; duck: Duck; signal?: AbortSignal },
): Promise<Reading> {
  const connection = await MysqlConnection.open(access, 'target')
  try {
    const renamed = columns.map(({ column, target }) => sql`${id('s', target.name)} AS ${id(column.name)}`)
    const from = sql`(SELECT ${join(renamed)} FROM ${stage} AS s) AS t`
    const options = { invalidDates: 'text' } as const
    const relation = { from, columns: await relationColumns(connection, from, options, signal), key: [] }
    const request = { dataset: 'stage', options, duck, ...(signal === undefined ? {} : { signal }) }
    const reading = await openReading(connection, relation, request)
    return typedReading(
      reading,
      columns.map(({ column }) => column),
    )
  } catch (error) {
    connection.destroy()
    throw error
  }
}

function typedReading(reading: Reading, columns: readonly Column[]): Reading {
  const read = new Map(reading.columns.map((column) => [column.name, column.type]))
  const values = columns.map(({ name, type }) => {
    const isSame = read.get(name) === type
    const value = isNested(type) ? sql`${id(name)}::JSON` : id(name)
    return isSame ? id(name) : sql`CAST(${value} AS ${trusted(type)}) AS ${id(name)}`
  })
  const retype = (relation: Sql): Sql => sql`SELECT ${join(values)} FROM (${relation})`
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    warnings: reading.warnings,
    parts: retypedParts(reading.parts ?? noParts(), retype),
    counts: () => reading.counts(),
    [Symbol.asyncDispose]: () => reading[Symbol.asyncDispose](),
  }
}

async function* retypedParts(
  parts: AsyncIterable<ReadingPart>,
  retype: (relation: Sql) => Sql,
): AsyncGenerator<ReadingPart> {
  for await (const part of parts) yield { ...part, relation: retype(part.relation) }
}

async function* noParts(): AsyncGenerator<ReadingPart> {}

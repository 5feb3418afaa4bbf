import { join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { PostgresCall, PostgresConnection, QueryField } from '../connection/postgres-connection.ts'
import { mapSourceType } from '../types/source-type.ts'
import { baseTypeOf } from './base-type.ts'
import type { PostgresColumn } from './table-columns.ts'

/** Columns of a query, without running it. More than one statement is refused by the server. */
export async function queryColumns(
  connection: PostgresConnection,
  query: Sql,
  call: PostgresCall = {},
): Promise<PostgresColumn[]> {
  return columnsOfFields(connection, await connection.fields(query, call), call)
}

/** What the catalogue says about types that a row description or the change stream named, in the same order. */
export async function columnsOfFields(
  connection: PostgresConnection,
  fields: readonly QueryField[],
  call: PostgresCall = {},
): Promise<PostgresColumn[]> {
  if (fields.length === 0) return []
  const list = join(
    fields.map(
      ({ typeId, modifier }, i) => sql`(${literal(i)}, ${literal(typeId)}::oid, ${literal(modifier)}::integer)`,
    ),
  )
  const rows = await connection.rows(
    sql`SELECT format_type(f.id, f.modifier), base.typname, base.typtype, r.modifier, el.oid IS NOT NULL
        FROM (VALUES ${list}) f(position, id, modifier)
        ${baseTypeOf(sql`f.id`, sql`f.modifier`)} ORDER BY f.position`,
    call,
  )
  return rows.map(([printed, base, kind, modifier, isArray], i) => {
    const type = {
      printed: printed ?? '',
      base: base ?? '',
      kind: kind ?? 'b',
      modifier: Number(modifier ?? -1),
      isArray: isArray === 't',
    }
    return {
      name: fields[i]?.name ?? '',
      type,
      mapping: mapSourceType(type),
      nullable: true,
      hasDefault: false,
      isGenerated: false,
      collation: null,
      comment: null,
    }
  })
}

import type { Column } from '../../../contract/column.ts'
import { literal, sql } from '../../../sql/sql.ts'
import type { PostgresCall, PostgresConnection, TextRow } from '../connection/postgres-connection.ts'
import { type CatalogueType, mapSourceType, type SourceMapping } from '../types/source-type.ts'
import { baseTypeOf } from './base-type.ts'

/** A column with everything needed to read it and to write to it. */
export interface PostgresColumn {
  readonly name: string
  readonly type: CatalogueType
  readonly mapping: SourceMapping
  readonly nullable: boolean
  readonly hasDefault: boolean
  /** A generated column, or GENERATED ALWAYS AS IDENTITY: cannot be written. */
  readonly isGenerated: boolean
  /** Collation as SQL writes it, where it is not the type's own. */
  readonly collation: string | null
  readonly comment: string | null
}

/** Columns in order. Domains are followed to their base type, at most ten deep as nobody nests deeper. */
export async function tableColumns(
  connection: PostgresConnection,
  oid: string,
  call: PostgresCall = {},
): Promise<PostgresColumn[]> {
  const rows = await connection.rows(
    sql`SELECT a.attname, format_type(a.atttypid, a.atttypmod), base.typname, base.typtype, r.modifier, el.oid IS NOT NULL,
               a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> '' OR a.attidentity = 'a',
               CASE WHEN a.attcollation <> at.typcollation THEN quote_ident(cn.nspname) || '.' || quote_ident(co.collname) END, col_description(a.attrelid, a.attnum)
        FROM pg_catalog.pg_attribute a
        ${baseTypeOf(sql`a.atttypid`, sql`a.atttypmod`)}
        JOIN pg_catalog.pg_type at ON at.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
        LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
        WHERE a.attrelid = ${literal(oid)}::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    call,
  )
  return rows.map(columnOf)
}

/** Columns as the contract shows them. */
export function toColumn({ name, type, mapping, nullable, comment }: PostgresColumn): Column {
  return {
    name,
    type: mapping.type,
    sourceType: type.printed,
    nullable,
    fidelity: mapping.fidelity,
    ...(comment === null ? {} : { comment }),
  }
}

function columnOf(row: TextRow): PostgresColumn {
  const [name, printed, base, kind, modifier, isArray, notNull, hasDefault, isGenerated, collation, comment] = row
  const type = {
    printed: printed ?? '',
    base: base ?? '',
    kind: kind ?? 'b',
    modifier: Number(modifier ?? -1),
    isArray: isArray === 't',
  }
  return {
    name: name ?? '',
    type,
    mapping: mapSourceType(type),
    nullable: notNull !== 't',
    hasDefault: hasDefault === 't',
    isGenerated: isGenerated === 't',
    collation: collation ?? null,
    comment: comment ?? null,
  }
}

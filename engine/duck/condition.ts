import { Failure } from '../contract/failure.ts'
import { literal, sql } from '../sql/sql.ts'
import type { Duck } from './duck.ts'

/**
 * Checks that a text is one SQL expression and nothing else: DuckDB parses it inside a SELECT and must find just that SELECT.
 * @throws Failure `sql.invalid`
 */
export async function requireCondition(duck: Duck, condition: string): Promise<void> {
  const statement = `SELECT 1 WHERE (${condition}\n)`
  const parsed = await duck.rows(
    sql`SELECT json_extract_string(tree, '$.error'), json_extract_string(tree, '$.error_message'), json_array_length(tree, '$.statements'), json_extract_string(tree, '$.statements[0].node.type') FROM (SELECT json_serialize_sql(${literal(statement)})::JSON AS tree)`,
  )
  const [failed, reason, statements, kind] = parsed.rows[0] ?? []
  if (failed === 'false' && statements === '1' && kind === 'SELECT_NODE') return
  const text = typeof reason === 'string' ? reason : 'the condition must be one expression'
  throw new Failure('sql.invalid', { reason: text, sql: condition })
}

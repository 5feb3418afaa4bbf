import { Failure } from '../contract/failure.ts'
import type { Duck } from '../duck/duck.ts'
import { type Sql, sql } from '../sql/sql.ts'

/** A value that cannot be carried would be missing in the target without a word. @throws Failure `source.rejected` */
export async function assertNoRejects(duck: Duck, dataset: string, rejects: Sql | undefined): Promise<void> {
  if (rejects === undefined) return
  const [first] = (await duck.rows(sql`SELECT "column", "reason" FROM (${rejects}) LIMIT 1`)).rows
  if (first === undefined) return
  throw new Failure('source.rejected', {
    source: dataset,
    reason: first.map((part) => JSON.stringify(part)).join(': '),
  })
}

import { implement } from '@orpc/server'
import { sqlProcedures } from '../../contract/api/sql.ts'
import { cellText } from '../../contract/cell-text.ts'
import { describeFailure, toFailure } from '../../contract/failure.ts'
import { sql } from '../../sql/sql.ts'
import type { HostContext } from './context.ts'
import { openCursor } from './cursors/open-cursor.ts'
import { failing } from './failing.ts'
import { openWorkspace } from './open-workspace.ts'
import { checkSql } from './sql/check.ts'
import { completeSql } from './sql/complete-sql.ts'
import { addToHistory, readHistory } from './sql/history.ts'
import { readyStatement } from './sql/sql-rows.ts'

const area = implement(sqlProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const sqlRouter = {
  run: area.run.handler(async ({ input, context, signal }) => {
    const { directory } = await openWorkspace(context)
    const startedAtMs = performance.now()
    const entry = () => ({
      sql: input.sql,
      at: new Date().toISOString(),
      elapsedMs: Math.round(performance.now() - startedAtMs),
    })
    try {
      const { sql: text, ...request } = input
      const opened = await openCursor(context, { ...request, from: { sql: text } }, signal)
      await addToHistory(directory, { ...entry(), outcome: 'ok' })
      return opened
    } catch (error) {
      const failure = toFailure(error)
      const { message } = describeFailure(failure, context.language)
      if (failure.code !== 'work.cancelled') await addToHistory(directory, { ...entry(), outcome: 'failed', message })
      throw error
    }
  }),
  complete: area.complete.handler(({ input, context, signal }) => completeSql(context, input, signal)),
  check: area.check.handler(({ input, context, signal }) => checkSql(context, input, signal)),
  explain: area.explain.handler(async ({ input, context, signal }) => {
    const stop = signal ?? new AbortController().signal
    await using ready = await readyStatement(context, input, stop)
    const verb = input.analyze === true ? sql`EXPLAIN ANALYZE` : sql`EXPLAIN`
    const { rows } = await ready.duck.rows(sql`${verb} ${ready.query}`, { signal: stop })
    return { text: rows.map(([, plan]) => cellText(plan)).join('\n') }
  }),
  history: area.history.handler(async ({ input, context }) =>
    readHistory((await openWorkspace(context)).directory, input),
  ),
}

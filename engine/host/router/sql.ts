import { implement } from '@orpc/server'
import { sqlProcedures } from '../../contract/api/sql.ts'
import { cellText } from '../../contract/cell-text.ts'
import { describeFailure, toFailure } from '../../contract/failure.ts'
import { sql } from '../../sql/sql.ts'
import type { HostContext } from './context.ts'
import { openCursor } from './cursors/open-cursor.ts'
import { failing, failingEvents } from './failing.ts'
import { openWorkspace } from './open-workspace.ts'
import { resourcesOf } from './resources.ts'
import { checkSql } from './sql/check.ts'
import { completeSql } from './sql/complete-sql.ts'
import { addToHistory, readHistory } from './sql/history.ts'
import { readyStatement } from './sql/sql-rows.ts'

const area = implement(sqlProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const PLANNED_ROWS = 1_000

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
      const { sql: text, watch: name, ...request } = input
      using watch = name === undefined ? undefined : resourcesOf(context).watches.begin(name)
      const told = watch === undefined ? {} : { onRead: watch.onRead }
      const opened = await openCursor(context, { ...request, ...told, from: { sql: text } }, signal)
      await addToHistory(directory, { ...entry(), outcome: 'ok' })
      return opened
    } catch (error) {
      const failure = toFailure(error)
      const { message } = describeFailure(failure, context.language)
      if (failure.code !== 'work.cancelled') await addToHistory(directory, { ...entry(), outcome: 'failed', message })
      throw error
    }
  }),
  progress: area.progress.handler(({ input, context, signal }) =>
    failingEvents(resourcesOf(context).watches.follow(input.watch, signal)),
  ),
  complete: area.complete.handler(({ input, context, signal }) => completeSql(context, input, signal)),
  check: area.check.handler(({ input, context, signal }) => checkSql(context, input, signal)),
  explain: area.explain.handler(async ({ input, context, signal }) => {
    const stop = signal ?? new AbortController().signal
    // A plan that is only looked at needs no more than the form of the tables.
    const some = input.analyze === true ? {} : { limitRows: PLANNED_ROWS }
    await using ready = await readyStatement(context, { ...input, ...some }, stop)
    const verb = input.analyze === true ? sql`EXPLAIN ANALYZE` : sql`EXPLAIN`
    const { rows } = await ready.duck.rows(sql`${verb} ${ready.query}`, { signal: stop })
    return { text: rows.map(([, plan]) => cellText(plan)).join('\n') }
  }),
  history: area.history.handler(async ({ input, context }) =>
    readHistory((await openWorkspace(context)).directory, input),
  ),
}

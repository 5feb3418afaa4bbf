import { useEngine } from '../../../app/rpc/engine-context.ts'
import type { Complete } from '../../../ui/editor/completion.ts'
import { statementAt } from './statements.ts'

/** What may be typed in a text of several statements: only the one around the caret is asked about. */
export function useSqlCompletion(isOffline: boolean): Complete {
  const engine = useEngine()
  return async (text, offset, signal) => {
    const { sql, start } = statementAt(text, offset)
    const found = await engine.sql.complete({ sql, offset: offset - start, offline: isOffline }, { signal })
    return found.map((one) => ({ ...one, start: one.start + start }))
  }
}

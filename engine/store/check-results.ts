import { z } from 'zod'
import { type CheckMark, type CheckResult, checkMarkSchema } from '../contract/check-result.ts'
import type { StoreDatabase } from './database.ts'

/** What checks of data found, over time. */
export interface CheckResultStore {
  add(result: CheckResult): void
  /** The last checks by the rules of that name, newest first. */
  last(rules: string, limit: number): CheckMark[]
}

/** Of each file of rules so many checks are kept. */
const KEPT = 1_000

export function checkResultStore(database: StoreDatabase): CheckResultStore {
  const insert = database.prepare('INSERT INTO check_results (rules, at, mark) VALUES (?, ?, ?)')
  const forget = database.prepare(
    'DELETE FROM check_results WHERE rules = ? AND id NOT IN (SELECT id FROM check_results WHERE rules = ? ORDER BY id DESC LIMIT ?)',
  )
  const select = database.prepare('SELECT mark FROM check_results WHERE rules = ? ORDER BY id DESC LIMIT ?')
  const add = database.transaction((result: CheckResult) => {
    insert.run(result.rules, Date.parse(result.at), JSON.stringify(checkMarkSchema.parse(result)))
    forget.run(result.rules, result.rules, KEPT)
  })
  return {
    add: (result) => {
      add.immediate(result)
    },
    last: (rules, limit) =>
      z
        .array(z.object({ mark: z.string() }))
        .parse(select.all(rules, limit))
        .map(({ mark }) => checkMarkSchema.parse(JSON.parse(mark))),
  }
}

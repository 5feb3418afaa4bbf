import { REJECT_COLUMNS, type Reject } from '../../contract/reject.ts'
import type { Output } from './output.ts'
import { printTable } from './table.ts'

const REJECT_LINES = 20

/** How many rows were rejected, and the first of them with rule, value, reason and place. */
export function printRejects(rejects: readonly Reject[], output: Output, total = String(rejects.length)): string {
  const rows = rejects
    .slice(0, REJECT_LINES)
    .map((reject) => REJECT_COLUMNS.map((name) => (name === 'reason' ? output.told(reject.reason) : reject[name])))
  const columns = REJECT_COLUMNS.map((name) => ({ name, type: 'VARCHAR' }))
  return `${output.say('rejected', { count: total })}\n${printTable(columns, rows, output)}`
}

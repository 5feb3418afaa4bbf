import type { HasMeaning } from '../../duck/row-functions.ts'
import { SEMANTIC_TYPES } from './all.ts'

const REMEMBERED = 20_000
const byId = new Map(SEMANTIC_TYPES.map((type) => [type.id, type]))

/** For one database: verdicts on values seen lately are not found again. */
export function meaningTeller(): HasMeaning {
  const seen = new Map<string, Map<string, boolean>>()
  return (id, value) => {
    const type = byId.get(id)
    if (type === undefined) return false
    const verdicts = seen.get(id) ?? new Map<string, boolean>()
    seen.set(id, verdicts)
    const known = verdicts.get(value)
    if (known !== undefined) return known
    if (verdicts.size >= REMEMBERED) verdicts.clear()
    const verdict = type.matches(value)
    verdicts.set(value, verdict)
    return verdict
  }
}

import { FINDING_CODES, FINDING_HARMS, type Finding } from './finding.ts'

/** Most harmful first; of two that do the same harm the one that concerns more rows. */
export function byHarm(a: Finding, b: Finding): number {
  return (
    FINDING_HARMS.indexOf(a.harm) - FINDING_HARMS.indexOf(b.harm) ||
    share(b) - share(a) ||
    FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code)
  )
}

function share({ evidence: { count, rows } }: Finding): number {
  return rows === 0 ? 0 : count / rows
}

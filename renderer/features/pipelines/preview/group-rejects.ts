import type { Reject } from '../../../../engine/contract/reject.ts'

export interface RejectGroup {
  readonly key: string
  readonly rule: string
  readonly column: string | undefined
  readonly members: readonly Reject[]
}

/** Rejects of one rule and column together, the largest group first. */
export function groupRejects(rejects: readonly Reject[]): RejectGroup[] {
  const groups = Map.groupBy(rejects, ({ rule, column }) => JSON.stringify([rule, column ?? null]))
  return [...groups]
    .map(([key, members]) => ({ key, rule: members[0]?.rule ?? '', column: members[0]?.column ?? undefined, members }))
    .toSorted((a, b) => b.members.length - a.members.length)
}

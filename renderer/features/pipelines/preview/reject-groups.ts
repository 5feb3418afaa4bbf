import type { Reject } from '../../../../engine/contract/reject.ts'

export interface RejectGroup {
  readonly rule: string
  readonly rejects: readonly Reject[]
}

/** Refused rows by the rule that refused them, the rule with the most first; rows keep their order. */
export function groupedRejects(rejects: readonly Reject[]): RejectGroup[] {
  const groups = Map.groupBy(rejects, ({ rule }) => rule)
  return [...groups]
    .map(([rule, own]) => ({ rule, rejects: own }))
    .toSorted((one, other) => other.rejects.length - one.rejects.length)
}

/** Pairs of hex digits as bytes are printed when a line could not be split; undefined for text. */
export function bytesOfRaw(raw: string): Uint8Array<ArrayBuffer> | undefined {
  if (raw === '' || raw.length % 2 === 1 || !/^[0-9a-f]+$/i.test(raw)) return undefined
  return Uint8Array.from(raw.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

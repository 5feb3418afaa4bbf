import { z } from 'zod'
import { Failure } from '../../../contract/failure.ts'

/** How far topics were read: the next offset of each partition, and which topic of that name it is. */
export type TopicPositions = ReadonlyMap<string, TopicPosition>

export interface TopicPosition {
  /** Kafka's own identifier: a topic that was deleted and made again has another. */
  readonly id: string
  readonly offsets: readonly bigint[]
}

const positionSchema = z.record(
  z.string(),
  z.tuple([
    z.string(),
    z.array(
      z
        .string()
        .regex(/^\d+$/)
        .transform((text) => BigInt(text)),
    ),
  ]),
)

/** `{"orders":["f3a…",["12","0"]]}` */
export function printPosition(topics: TopicPositions): string {
  const parts = [...topics].map(([topic, { id, offsets }]) => [topic, [id, offsets.map(String)]] as const)
  return JSON.stringify(Object.fromEntries(parts.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** @throws Failure `changes.undecodable` for what `printPosition` did not print */
export function parsePosition(text: string): Map<string, TopicPosition> {
  const parsed = positionSchema.safeParse(jsonOf(text))
  if (!parsed.success) throw new Failure('changes.undecodable', { what: `the position ${text.slice(0, 100)}` })
  return new Map(Object.entries(parsed.data).map(([topic, [id, offsets]]) => [topic, { id, offsets }]))
}

/** Whether something of the topics in `a` that `b` has is still to come. */
export function isPositionBefore(a: string, b: string): boolean {
  const [before, after] = [parsePosition(a), parsePosition(b)]
  return [...before].some(([topic, { offsets: reached }]) =>
    (after.get(topic)?.offsets ?? []).some((offset, partition) => offset > (reached[partition] ?? 0n)),
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

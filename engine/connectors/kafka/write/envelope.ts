/** Debezium's place for a value that is not sent. */
export const UNAVAILABLE = '__debezium_unavailable_value'

/** What stands in front of and behind a row's JSON in a change of Debezium's form, without schemas. */
export interface Envelope {
  readonly head: string
  readonly tail: string
}

export type Operation = 'c' | 'u' | 'r' | 'd' | 't'

/** `table` is what the change is of, `name` who tells it. A deleted row stands in `before`, others in `after`. */
export function envelope(op: Operation, { name, table }: { name: string; table: string }): Envelope {
  const now = Date.now()
  const source = JSON.stringify({ connector: 'runnel', name, table, ts_ms: now })
  const end = `"source":${source},"op":"${op}","ts_ms":${now}}`
  if (op === 't') return { head: '{"before":null,"after":null', tail: `,${end}` }
  return op === 'd'
    ? { head: '{"before":', tail: `,"after":null,${end}` }
    : { head: '{"before":null,"after":', tail: `,${end}` }
}

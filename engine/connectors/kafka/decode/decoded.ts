/** A value as it came: JSON, or what Avro gives. Integers beyond 2^53 are BigInt, other long numbers their own text. */
export type Value = null | boolean | number | bigint | string | NumberText | Buffer | readonly Value[] | Fields
export interface Fields {
  readonly [name: string]: Value | undefined
}

/** A number of JSON whose digits a JavaScript number would not keep. */
export class NumberText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A field whose type a schema declares. */
export interface DeclaredField {
  readonly name: string
  /** DuckDB's. */
  readonly type: string
  /** The value as DuckDB's text, NULL as undefined. @throws Unfit */
  readonly read: (value: Value) => string | undefined
}

/** What one message says. */
export interface Decoded {
  /** `row` adds; `write` makes the row of a key be this; `nothing` is a message without rows. */
  readonly kind: 'row' | 'write' | 'delete' | 'truncate' | 'nothing'
  readonly fields: Fields
  /** Of the key of a change. */
  readonly key?: Fields
  /** Absent where no schema says what the fields are. The same object for the same schema. */
  readonly declared?: readonly DeclaredField[]
  readonly declaredKey?: readonly DeclaredField[]
}

/** A message that does not say what its topic should. The message is the reason, in English. */
export class Unfit extends Error {}

export function isFields(value: Value | undefined): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof NumberText) &&
    !Buffer.isBuffer(value)
  )
}

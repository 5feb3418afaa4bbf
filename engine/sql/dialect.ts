/** A value that a literal can be made of. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array

/** How one system writes names and values. The only place where either becomes SQL text. */
export interface SqlDialect {
  readonly name: string
  /** @throws RangeError for a name the system cannot hold (a NUL, an empty name). */
  quoteIdentifier(name: string): string
  quoteLiteral(value: SqlValue): string
}

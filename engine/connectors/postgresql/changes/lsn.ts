/**
 * A position in the write-ahead log as a text of 16 hexadecimal digits, so that positions compare as texts. PostgreSQL itself writes
 * `16/B374D848` (documentation, "pg_lsn Type").
 */
export function lsnText(lsn: bigint): string {
  return lsn.toString(16).toUpperCase().padStart(16, '0')
}

export function lsnOf(position: string): bigint {
  return BigInt(`0x${position}`)
}

/** From PostgreSQL's own form. */
export function parseLsn(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

/** To PostgreSQL's own form. */
export function printLsn(lsn: bigint): string {
  return `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffffffffn).toString(16).toUpperCase()}`
}

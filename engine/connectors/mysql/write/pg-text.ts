const BACKSLASH = 0x5c
const FORM_FEED = 0x66
const VERTICAL_TAB = 0x76

/**
 * Makes COPY's text format what LOAD DATA reads: the same but for `\f` and `\v`, which MySQL takes for the letters f and v.
 *
 * Chunks without a backslash pass as they are; an escape may be cut by the end of a chunk.
 */
export async function* pgTextForLoad(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let endsWithBackslash = false
  for await (const chunk of bytes) {
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const whole = endsWithBackslash ? Buffer.concat([Buffer.of(BACKSLASH), view]) : view
    const { out, isCut } = translate(whole)
    endsWithBackslash = isCut
    if (out.length > 0) yield out
  }
  if (endsWithBackslash) yield Buffer.of(BACKSLASH)
}

function translate(input: Buffer): { out: Buffer; isCut: boolean } {
  let at = input.indexOf(BACKSLASH)
  if (at === -1) return { out: input, isCut: false }
  const pieces: Buffer[] = []
  let start = 0
  for (; at !== -1; at = input.indexOf(BACKSLASH, at + 2)) {
    if (at + 1 === input.length) {
      pieces.push(input.subarray(start, at))
      return { out: Buffer.concat(pieces), isCut: true }
    }
    const letter = input[at + 1]
    if (letter !== FORM_FEED && letter !== VERTICAL_TAB) continue
    pieces.push(input.subarray(start, at), Buffer.of(letter === FORM_FEED ? 0x0c : 0x0b))
    start = at + 2
  }
  pieces.push(input.subarray(start))
  return { out: Buffer.concat(pieces), isCut: false }
}

/** DuckDB types whose text in COPY's format is what MySQL reads. */
const SAME_TEXT =
  /^(U?(TINY|SMALL|BIG)INT|U?INTEGER|HUGEINT|DECIMAL\(\d+,\d+\)|DOUBLE|VARCHAR|JSON|UUID|DATE|TIME|TIMESTAMP)$/

/** Whether every column's text means the same to both; true and false, bytea, arrays and zones do not. */
export function takesPgText(
  columns: readonly { readonly column: { readonly type: string }; readonly set?: unknown }[],
): boolean {
  return columns.every(({ column, set }) => set === undefined && SAME_TEXT.test(column.type))
}

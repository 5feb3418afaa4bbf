import { BARE, isBlank, RowScanner, type TextDialect } from './row-scanner.ts'
import { LIKELY_ROW_BYTES } from './sample-rows.ts'

export interface DetectedDialect {
  readonly dialect: TextDialect
  /** 0 to 1: the share of rows that have the usual number of cells, lower when another dialect does nearly as well. */
  readonly confidence: number
  /** Cells of the usual row. */
  readonly columns: number
  /** Lines before the first usual row. */
  readonly leadingLines: number
}

const DELIMITERS = [',', ';', '\t', '|', '||', '\u0001', '\u001f', '^', '~']
const LITERAL_QUOTE_LINES = 10
const MOST_ROWS = 400
const MOST_LEADING_ROWS = 30

/**
 * The dialect under which most rows of the sample have the same number of cells and no quote is out of place. What is `given` is
 * not guessed.
 */
export function detectDialect(sample: Buffer, isWhole: boolean, given: Partial<TextDialect>): DetectedDialect {
  const scored = candidates(sample, given)
    .map((dialect) => score(sample, isWhole, dialect))
    .toSorted((a, b) => b.score - a.score)
  const [best] = scored
  if (best === undefined) throw new RangeError('there is always a candidate')
  const rival = scored.find(({ found }) => found.dialect.delimiter !== best.found.dialect.delimiter)
  const isClear = rival === undefined || rival.found.columns === 1 || rival.score < best.score * 0.7
  return { ...best.found, confidence: best.found.confidence * (isClear ? 1 : 0.7) }
}

function candidates(sample: Buffer, given: Partial<TextDialect>): TextDialect[] {
  const delimiters = given.delimiter === undefined ? delimitersIn(sample) : [given.delimiter]
  const quotes = given.quote === undefined ? quotesIn(sample) : [given.quote]
  const dialects: TextDialect[] = []
  for (const delimiter of delimiters.length === 0 ? [','] : delimiters) {
    for (const quote of quotes) {
      const escapes =
        given.escape === undefined ? [quote, ...(sample.includes(`\\${quote}`) ? ['\\'] : [])] : [given.escape]
      for (const escape of quote === '' ? [''] : escapes) dialects.push({ delimiter, quote, escape })
    }
  }
  return dialects
}

function delimitersIn(sample: Buffer): string[] {
  const found = DELIMITERS.filter((text) => sample.includes(text))
  const isDoubled = found.includes('||') && occurrences(sample, '|') === 2 * occurrences(sample, '||')
  return isDoubled ? found.filter((text) => text !== '|') : found
}

/** No quotes at all only where those there are can hardly be quotes: an odd one is damage to be reported, not another dialect. */
function quotesIn(sample: Buffer): string[] {
  const lines = sample
    .toString('latin1')
    .split(/[\r\n]+/)
    .filter((line) => line.includes('"'))
  const enclosing = lines.filter((line) => /(?:^|[^\w"])"[^"]*"(?=$|[^\w"])/.test(line)).length
  const isLiteral = lines.length >= LITERAL_QUOTE_LINES && enclosing * 10 < lines.length
  return isLiteral ? ['"', ''] : ['"', ...(sample.includes("'") ? ["'"] : [])]
}

function occurrences(sample: Buffer, text: string): number {
  let count = 0
  for (let at = sample.indexOf(text); at >= 0; at = sample.indexOf(text, at + text.length)) count++
  return count
}

interface Scored {
  readonly found: DetectedDialect
  readonly score: number
}

function score(sample: Buffer, isWhole: boolean, dialect: TextDialect): Scored {
  const rows = scanCounts(sample, isWhole, dialect)
  const columns = usualCount(rows.map(({ cells }) => cells))
  const first = rows.findIndex(({ cells }) => cells === columns)
  const leading = first > 0 && first <= MOST_LEADING_ROWS ? rows.slice(0, first) : []
  const body = rows.slice(leading.length)
  const good = body.filter(({ cells }) => cells === columns).length
  const share = body.length === 0 ? 1 : good / body.length
  const quoted = rows.reduce((sum, row) => sum + row.quotedCells, 0)
  return {
    found: { dialect, columns, confidence: share, leadingLines: leading.reduce((sum, { lines }) => sum + lines, 0) },
    score:
      share ** 2 *
      (1 - leading.length / (2 * Math.max(1, rows.length))) *
      (columns === 1 ? 0.05 : 1 + Math.log2(columns) / 20) *
      quoteWeight(dialect, quoted / Math.max(1, rows.length)),
  }
}

/** Double quotes are the rule; single ones must enclose cells in most rows. */
function quoteWeight({ quote, escape }: TextDialect, quotedPerRow: number): number {
  if (quote === '"') return escape === '\\' ? 0.995 : 1
  if (quote === "'") return quotedPerRow > 0.5 ? 1.005 : 0.9
  return 0.96
}

interface ScannedRow {
  readonly cells: number
  readonly lines: number
  readonly quotedCells: number
}

/** Cells per row; a row with misplaced quotes has none and ends with its first line. Blank rows are left out but their lines count. */
function scanCounts(sample: Buffer, isWhole: boolean, dialect: TextDialect): ScannedRow[] {
  const scanner = new RowScanner(dialect)
  const rows: ScannedRow[] = []
  let blankLines = 0
  for (let at = 0; at < sample.length && rows.length < MOST_ROWS; ) {
    const isFound = scanner.scan(sample, at, sample.length, isWhole)
    if (!isFound && sample.length - at < LIKELY_ROW_BYTES) break
    if (!isFound || scanner.problem !== '') {
      rows.push({ cells: 0, lines: 1 + blankLines, quotedCells: 0 })
      blankLines = 0
      const lf = sample.indexOf(0x0a, at)
      at = lf < 0 ? sample.length : lf + 1
      continue
    }
    at = scanner.next
    if (isBlank(scanner)) {
      blankLines++
      continue
    }
    const flags = scanner.flags.subarray(0, scanner.cells)
    rows.push({
      cells: scanner.cells,
      lines: scanner.lines + blankLines,
      quotedCells: flags.reduce((sum, flag) => sum + (flag === BARE ? 0 : 1), 0),
    })
    blankLines = 0
  }
  return rows
}

/** The most frequent count; the larger of two that are as frequent, unless the first row has the other. */
function usualCount(counts: readonly number[]): number {
  const frequency = new Map<number, number>()
  for (const count of counts) if (count > 0) frequency.set(count, (frequency.get(count) ?? 0) + 1)
  const most = Math.max(0, ...frequency.values())
  const tied = [...frequency].filter(([, times]) => times === most).map(([count]) => count)
  const first = counts.find((count) => count > 0)
  return first !== undefined && first > 1 && tied.includes(first) ? first : Math.max(1, ...tied)
}

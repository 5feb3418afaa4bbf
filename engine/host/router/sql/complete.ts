import type { SqlCompletion } from '../../../contract/api/sql.ts'
import { cellText } from '../../../contract/cell-text.ts'
import type { Column } from '../../../contract/column.ts'
import { type DatasetSummary, parseQualifiedName } from '../../../contract/dataset.ts'
import type { Duck } from '../../../duck/duck.ts'
import { unitsBefore } from '../../../duck/positioned.ts'
import { literal, sql } from '../../../sql/sql.ts'

/** What stands before the place that is asked about. */
export interface Typed {
  /** The word that is being typed, without an opening quote. */
  readonly word: string
  /** Where it begins, its opening quote included. */
  readonly start: number
  /** The names before it, each followed by a dot. */
  readonly path: readonly string[]
  /** Whether a dataset may stand here: after FROM, JOIN or a comma between tables. */
  readonly wantsTable: boolean
}

const NAME = String.raw`(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)`
const PATH_BEFORE = new RegExp(String.raw`(?:${NAME}\s*\.\s*)*$`, 'u')
const WORD_BEFORE = /[\p{L}_][\p{L}\p{N}_$]*$/u
/** Whole texts, quoted names and comments; a quote that nothing closes comes last. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|"/g

/** Reads backwards from the place: half a statement has no tree to look at. */
export function typedAt(text: string, offset: number): Typed {
  const before = text.slice(0, offset)
  const open = [...before.matchAll(QUOTED)].find(([match]) => match === '"')?.index
  const start = open ?? offset - (WORD_BEFORE.exec(before)?.[0].length ?? 0)
  const [names = ''] = PATH_BEFORE.exec(before.slice(0, start)) ?? []
  const rest = before.slice(0, start - names.length)
  return {
    word: open === undefined ? before.slice(start) : before.slice(start + 1).replaceAll('""', '"'),
    start,
    path: namesIn(names),
    wantsTable:
      /\b(?:from|join|describe|summarize|into|table)\s+$/i.test(rest) || /\bfrom\s[^()]*,\s*$/i.test(lastClause(rest)),
  }
}

/** Pairs `connection.dataset` and `connection.schema.table` in half a statement, with the alias that follows. */
export function tablesNamed(text: string): { path: string[]; alias?: string }[] {
  const pattern = new RegExp(
    String.raw`\b(?:from|join|,)\s+(${NAME}(?:\s*\.\s*${NAME}){1,2})(?:\s+(?:as\s+)?(${NAME}))?`,
    'giu',
  )
  return [...text.matchAll(pattern)].map(([, path = '', alias]) => ({
    path: namesIn(path),
    ...(alias === undefined || KEYWORDS.test(alias) ? {} : { alias }),
  }))
}

/** The names of a path, whatever stands between them. */
function namesIn(path: string): string[] {
  return [...path.matchAll(new RegExp(NAME, 'gu'))].flatMap(([name]) => parseQualifiedName(name))
}

const KEYWORDS = /^(?:where|join|left|right|inner|full|cross|on|using|group|order|having|limit|union|window|qualify)$/i

export function connectionCompletions(typed: Typed, connections: Iterable<string>): SqlCompletion[] {
  return [...connections]
    .filter((name) => begins(name, typed.word))
    .map((name) => ({ label: name, insert: quoted(name), start: typed.start, kind: 'connection' }))
}

/** The datasets of a connection, or the tables of one of its schemas. */
export function datasetCompletions(typed: Typed, datasets: readonly DatasetSummary[], most: number): SqlCompletion[] {
  const [, schema] = typed.path
  const found: SqlCompletion[] = []
  const schemas = new Set<string>()
  for (const { name, schema: own, comment } of datasets) {
    if (found.length >= most) break
    if (schema !== undefined && own !== schema) continue
    if (schema === undefined && own !== undefined) schemas.add(own)
    const shown = schema === undefined && own === undefined ? name : (parseQualifiedName(name).at(-1) ?? name)
    if (!shown.toLowerCase().includes(typed.word.toLowerCase())) continue
    const isQualified = schema === undefined && own !== undefined && parseQualifiedName(name).length > 1
    const insert = isQualified ? parseQualifiedName(name).map(quoted).join('.') : quoted(shown)
    const detail = comment === undefined || comment === '' ? {} : { detail: comment }
    found.push({ label: isQualified ? name : shown, insert, start: typed.start, kind: 'dataset', ...detail })
  }
  const names = [...schemas].filter((name) => begins(name, typed.word))
  return [
    ...names.map((name): SqlCompletion => ({ label: name, insert: quoted(name), start: typed.start, kind: 'schema' })),
    ...found.toSorted((a, b) => Number(begins(b.label, typed.word)) - Number(begins(a.label, typed.word))),
  ]
}

export function columnCompletions(typed: Typed, columns: readonly Column[]): SqlCompletion[] {
  return columns
    .filter(({ name, hidden }) => hidden !== true && name.toLowerCase().includes(typed.word.toLowerCase()))
    .map(({ name, type }) => ({ label: name, insert: quoted(name), start: typed.start, kind: 'column', detail: type }))
}

const KINDS = new Map<string, SqlCompletion['kind']>([
  ['keyword', 'keyword'],
  ['scalar_function', 'function'],
  ['aggregate_function', 'function'],
  ['table_function', 'function'],
  ['macro', 'function'],
  ['type', 'type'],
])

/** Keywords, functions and types that DuckDB's own parser would take here. */
export async function duckCompletions(
  duck: Duck,
  text: string,
  offset: number,
  most: number,
): Promise<SqlCompletion[]> {
  const before = text.slice(0, offset)
  const { rows } = await duck.rows(
    sql`SELECT suggestion, suggestion_start, suggestion_type FROM sql_auto_complete(${literal(before)})`,
  )
  return rows
    .flatMap(([suggestion, start, type]): SqlCompletion[] => {
      const kind = KINDS.get(cellText(type))
      const word = cellText(suggestion).trimEnd()
      // Operators are suggested like functions, in quotes.
      if (kind === undefined || !/^[a-z_]\w*$/i.test(word)) return []
      return [{ label: word, insert: word, start: unitsBefore(Number(start), before), kind }]
    })
    .slice(0, most)
}

/** As SQL writes the name: in quotes where it is not a plain lower-case word. */
export function quoted(name: string): string {
  return /^[\p{Ll}\p{Lo}_][\p{Ll}\p{Lo}\p{N}_]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function begins(name: string, word: string): boolean {
  return name.toLowerCase().startsWith(word.toLowerCase())
}

function lastClause(text: string): string {
  return text.slice(Math.max(0, text.toLowerCase().lastIndexOf('from')))
}

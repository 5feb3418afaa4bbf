import { cellText } from '../../../contract/cell-text.ts'
import { type Code, type CodeListFile, currentCodes } from '../../../contract/code-list-file.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Cell } from '../../../contract/page.ts'
import { type CodeColumns, codeColumns, newEdition } from '../../../govern/standards/import-codes.ts'
import { foldName } from '../../../pipeline/names.ts'
import { id, join, literal, sql } from '../../../sql/sql.ts'
import { saveFile } from '../../../workspace/save.ts'
import type { HostContext } from '../context.ts'
import { openWorkspace } from '../open-workspace.ts'
import { type DataRequest, openData } from '../quality/open-data.ts'

const MOST_CODES = 50_000

export interface ImportRequest extends DataRequest {
  readonly dataset: string
  readonly list: string
  readonly code?: string | undefined
  readonly zh?: string | undefined
  readonly en?: string | undefined
  readonly edition?: string | undefined
}

export interface ImportedCodes {
  readonly file: string
  readonly document: CodeListFile
  readonly added: number
  readonly ended: number
  readonly columns: CodeColumns
}

/** @throws Failure `standards.column_unknown`, `standards.code_blank`, `standards.code_twice`, `standards.too_many_codes` */
export async function importCodes(
  context: HostContext,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<ImportedCodes> {
  const { dataset, list, edition } = request
  const { columns, rows } = await readRows(context, request, signal)
  const { directory, codeLists } = await openWorkspace(context)
  const before = codeLists.get(list)
  const document = newEdition(before, codesOf(rows, dataset, columns.code), {
    source: dataset,
    edition,
    day: new Date().toISOString().slice(0, 10),
  })
  const { file } = await saveFile({ directory, folder: 'standards/codes', name: list, content: { document } })
  const [old, now] = [new Set(before === undefined ? [] : currentCodes(before)), new Set(currentCodes(document))]
  const added = [...now].filter((code) => !old.has(code)).length
  const ended = [...old].filter((code) => !now.has(code)).length
  return { file, document, added, ended, columns }
}

async function readRows(
  context: HostContext,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<{ columns: CodeColumns; rows: readonly (readonly Cell[])[] }> {
  const { dataset } = request
  await using stack = new AsyncDisposableStack()
  const data = await openData(context, { ...request, datasets: [dataset] }, { stack, signal })
  const { relation, columns: all } = await data.add(dataset, 'codes', (known) => known.map(({ name }) => name))
  const columns = chosenColumns(
    request,
    all.map(({ name }) => name),
  )
  const picked = [columns.code, columns.zh, columns.en].map((name) =>
    name === undefined ? sql`NULL` : sql`trim(CAST(${id(name)} AS VARCHAR))`,
  )
  const { rows } = await data.duck.rows(
    sql`SELECT ${join(picked)} FROM ${relation} LIMIT ${literal(MOST_CODES + 1)}`,
    signal === undefined ? {} : { signal },
  )
  if (rows.length > MOST_CODES) throw new Failure('standards.too_many_codes', { dataset, limit: MOST_CODES })
  return { columns, rows }
}

function chosenColumns({ dataset, ...named }: ImportRequest, known: readonly string[]): CodeColumns {
  const spelled = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined
    const found = known.find((column) => foldName(column) === foldName(name))
    if (found === undefined) throw new Failure('standards.column_unknown', { dataset, column: name, known: [...known] })
    return found
  }
  const [code, zh, en] = [spelled(named.code), spelled(named.zh), spelled(named.en)]
  const columns = codeColumns(known, { zh, en, ...(code === undefined ? {} : { code }) })
  if (columns === undefined) throw new Failure('standards.column_unknown', { dataset, column: 'code', known: [] })
  return columns
}

function codesOf(rows: readonly (readonly Cell[])[], dataset: string, column: string): Code[] {
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '' : cellText(cell))))
  const blank = texts.filter(([code]) => code === '').length
  if (blank > 0) throw new Failure('standards.code_blank', { dataset, column, rows: String(blank) })
  const codes = new Map<string, Code>()
  for (const [code = '', zh = '', en = ''] of texts) {
    if (codes.has(code)) throw new Failure('standards.code_twice', { dataset, column, code })
    codes.set(code, { code, ...(zh === '' ? {} : { zh }), ...(en === '' ? {} : { en }) })
  }
  return [...codes.values()]
}

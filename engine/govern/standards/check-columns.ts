import { wordsOf } from '../../base/name-words.ts'
import { type CodeListFile, currentCodes } from '../../contract/code-list-file.ts'
import type { Deviation } from '../../contract/deviation.ts'
import type { StandardFile, Term } from '../../contract/standard-file.ts'
import { checkName } from './check-name.ts'
import { type KnownColumn, linkTerm, type TermLink } from './link-term.ts'
import { lengthOfType, plainType } from './type-of-term.ts'
import { otherUnit } from './units.ts'

export interface ColumnsToCheck {
  readonly place: Deviation['place']
  readonly columns: readonly KnownColumn[]
  /** Name of the file. */
  readonly standard: string
  readonly file: StandardFile
  readonly codeLists: ReadonlyMap<string, CodeListFile>
}

type Found = Omit<Deviation, 'place' | 'column' | 'standard'>

/** Below that a column is told about what its term says of values, but not to be called so. */
const SURE_OF_NAME = 0.75
const EXAMPLES = 5

/** Where columns depart from one standard, column by column. A column is of one term, a term of the column that is it most likely. */
export function checkColumns({ place, columns, standard, file, codeLists }: ColumnsToCheck): Deviation[] {
  const links = linked(columns, file, codeLists)
  const deviations = columns.flatMap((column) => {
    const link = links.get(column.name)
    const found = [...nameDeviations(column.name, link, file), ...termDeviations(column, link, codeLists)]
    return found.map((one): Deviation => ({ place, column: column.name, standard, ...one }))
  })
  return withoutCollisions(deviations, columns)
}

function linked(
  columns: readonly KnownColumn[],
  { terms, naming }: StandardFile,
  codeLists: ReadonlyMap<string, CodeListFile>,
): Map<string, TermLink> {
  const scope = { terms, abbreviations: naming?.abbreviations ?? {}, codeLists }
  const links = new Map<string, TermLink>()
  const taken = new Map<Term, { column: string; confidence: number }>()
  for (const column of columns) {
    const link = linkTerm(column, scope)
    if (link === undefined) continue
    const other = taken.get(link.term)
    if (other !== undefined && other.confidence >= link.confidence) continue
    if (other !== undefined) links.delete(other.column)
    taken.set(link.term, { column: column.name, confidence: link.confidence })
    links.set(column.name, link)
  }
  return links
}

function nameDeviations(name: string, link: TermLink | undefined, { naming }: StandardFile): Found[] {
  if (link !== undefined && link.confidence >= SURE_OF_NAME) {
    if (link.term.name === name) return []
    const fix = { kind: 'rename' as const, to: link.term.name }
    return [{ kind: 'term_name', ...aboutTerm(link), found: name, wanted: link.term.name, fix }]
  }
  if (naming === undefined) return []
  const { deviations, better } = checkName(name, naming)
  return deviations.map((one) => ({
    ...one,
    ...(better === undefined ? {} : { fix: { kind: 'rename' as const, to: better } }),
  }))
}

function termDeviations(
  column: KnownColumn,
  link: TermLink | undefined,
  codeLists: ReadonlyMap<string, CodeListFile>,
): Found[] {
  if (link === undefined) return []
  const { type, length, unit, codes } = link.term
  const found: Found[] = []
  const about = aboutTerm(link)
  if (type !== undefined && plainType(type) !== plainType(column.type)) {
    const wanted = plainType(type)
    found.push({ kind: 'type', ...about, found: column.type, wanted, fix: { kind: 'cast', type: wanted } })
  }
  const takes = lengthOfType(column.sourceType)
  if (length !== undefined && takes !== undefined && takes !== length) {
    found.push({ kind: 'length', ...about, found: String(takes), wanted: String(length) })
  }
  const other = unit === undefined ? undefined : otherUnit(wordsOf(column.name), column.comment, unit)
  if (unit !== undefined && other !== undefined) found.push({ kind: 'unit', ...about, found: other, wanted: unit })
  const list = codes === undefined ? undefined : codeLists.get(codes)
  if (codes !== undefined && list !== undefined) found.push(...strangeCodes(column, { codes, list, about }))
  return found
}

function strangeCodes(
  { values }: KnownColumn,
  {
    codes,
    list,
    about,
  }: { readonly codes: string; readonly list: CodeListFile; readonly about: ReturnType<typeof aboutTerm> },
): Found[] {
  const known = new Set(currentCodes(list))
  const strange = values.filter(({ value }) => !known.has(value))
  if (strange.length === 0) return []
  const examples = strange.slice(0, EXAMPLES).map(({ value }) => value)
  const found = `${examples.join(', ')}${strange.length > EXAMPLES ? ', …' : ''}`
  const rows = strange.reduce((sum, one) => sum + one.rows, 0n)
  return [{ kind: 'code', ...about, found, wanted: codes, count: String(rows) }]
}

function aboutTerm({ term, confidence }: TermLink) {
  return { term: term.name, confidence }
}

/** A name that another column has, or is to get, is no way out. */
function withoutCollisions(deviations: readonly Deviation[], columns: readonly KnownColumn[]): Deviation[] {
  const wanted = new Map<string, string>()
  const names = new Set(columns.map(({ name }) => name.toLowerCase()))
  return deviations.map(({ fix, ...rest }) => {
    if (fix === undefined) return rest
    if (fix.kind !== 'rename') return { ...rest, fix }
    const to = fix.to.toLowerCase()
    const owner = wanted.get(to) ?? rest.column
    const isFree = to === rest.column.toLowerCase() || !names.has(to)
    if (!isFree || owner !== rest.column) return rest
    wanted.set(to, rest.column)
    return { ...rest, fix }
  })
}

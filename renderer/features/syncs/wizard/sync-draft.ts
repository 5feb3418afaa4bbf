import { parseQualifiedName, printQualifiedName } from '../../../../engine/contract/dataset.ts'
import { type SyncFile, syncFileSchema } from '../../../../engine/contract/sync-file.ts'

/** A table of the source, as the tree of a connection tells it. */
export interface SourceTable {
  /** Qualified. */
  readonly dataset: string
  /** Absent in systems without schemas, or with one. */
  readonly schema?: string | undefined
  readonly name: string
  readonly rows?: string | undefined
}

export type Way = 'tree' | 'pattern' | 'list'

/** What a person has said so far about a new sync. */
export interface SyncDraft {
  /** Undefined: named after its systems. */
  readonly name: string | undefined
  readonly source: string | undefined
  readonly target: string | undefined
  readonly way: Way
  /** Datasets, of `tree`. */
  readonly chosen: ReadonlySet<string>
  /** One pattern a line, of `pattern`. */
  readonly include: string
  readonly exclude: string
  /** Of `list`: names by lines, commas, spaces or tabs between them. */
  readonly list: string
  readonly rename: SyncFile['rename']
  readonly existing: SyncFile['existing']
  readonly structure: SyncFile['structure']
  readonly failedTable: SyncFile['failedTable']
}

const usual = syncFileSchema.parse({ version: 1, source: '', target: '' })

export const NEW_SYNC: SyncDraft = {
  name: undefined,
  source: undefined,
  target: undefined,
  way: 'tree',
  chosen: new Set(),
  include: '*',
  exclude: '',
  list: '',
  rename: usual.rename,
  existing: usual.existing,
  structure: usual.structure,
  // In a whole database one odd table must not hold up the others; the page of the sync shows it.
  failedTable: 'leave_out',
}

export function nameOf({ name, source, target }: SyncDraft): string {
  return name ?? (source === undefined || target === undefined ? '' : `${source}-to-${target}`)
}

/** What is still missing before tables can be named; undefined when nothing is. */
export function missing(
  draft: SyncDraft,
  tables: readonly SourceTable[],
): 'systems' | 'same' | 'name' | 'tables' | undefined {
  if (draft.source === undefined || draft.target === undefined) return 'systems'
  if (
    draft.source === draft.target &&
    draft.rename.schema === undefined &&
    draft.rename.prefix + draft.rename.suffix === ''
  )
    return 'same'
  if (nameOf(draft).trim() === '') return 'name'
  return includeOf(draft, tables).length === 0 ? 'tables' : undefined
}

/** The draft as a file says it; undefined while something is missing. */
export function documentOf(draft: SyncDraft, tables: readonly SourceTable[]): SyncFile | undefined {
  const { source, target, way, rename, existing, structure, failedTable } = draft
  const include = includeOf(draft, tables)
  if (source === undefined || target === undefined || include.length === 0) return undefined
  const exclude = way === 'pattern' ? words(draft.exclude) : []
  const parsed = syncFileSchema.safeParse({
    version: 1,
    source,
    target,
    tables: { include, exclude },
    rename,
    existing,
    structure,
    failedTable,
  })
  return parsed.success ? parsed.data : undefined
}

/** Patterns that mean what was chosen. A schema that was chosen whole stays whole: tables that come later belong to it. */
export function includeOf(draft: SyncDraft, tables: readonly SourceTable[]): string[] {
  if (draft.way === 'pattern') return words(draft.include)
  if (draft.way === 'list') return listed(draft.list, tables).found
  return [...Map.groupBy(tables, ({ schema }) => schema)].flatMap(([schema, inside]) => {
    const chosen = inside.filter(({ dataset }) => draft.chosen.has(dataset))
    if (chosen.length < inside.length) return chosen.map(({ dataset }) => dataset)
    return [schema === undefined ? wholeOf(inside) : `${printQualifiedName([schema])}.*`]
  })
}

/** Tables without a schema in the tree may have one in their names, all the same one. */
function wholeOf(tables: readonly SourceTable[]): string {
  const [first = ''] = tables.map(({ dataset }) => dataset)
  const above = parseQualifiedName(first).slice(0, -1)
  return above.length === 0 ? '*' : `${printQualifiedName(above)}.*`
}

/** A pasted list: which names are tables, by their qualified name or by the table's own, and which are not. */
export function listed(list: string, tables: readonly SourceTable[]): { found: string[]; unknown: string[] } {
  const known = new Map<string, string[]>()
  for (const { dataset, name } of tables) {
    for (const key of new Set([dataset.toLowerCase(), name.toLowerCase()])) {
      known.set(key, [...(known.get(key) ?? []), dataset])
    }
  }
  const asked = words(list)
  const found = new Set(asked.flatMap((word) => known.get(word.toLowerCase()) ?? []))
  return { found: [...found].toSorted(), unknown: asked.filter((word) => !known.has(word.toLowerCase())) }
}

/** Words of a text: lines, commas, semicolons, spaces and tabs stand between them; each once. */
function words(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/).filter((word) => word !== ''))]
}

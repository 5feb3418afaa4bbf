import { type DatasetSummary, parseQualifiedName, printQualifiedName } from '../contract/dataset.ts'
import { Failure } from '../contract/failure.ts'
import type { SyncFile } from '../contract/sync-file.ts'

/** A table of the source and what it is called in the target. */
export interface ChosenTable {
  readonly dataset: string
  readonly target: string
}

export interface NamingOptions {
  /** Whether the target's tables are files: their names have no schema and are not quoted. */
  readonly toFiles?: boolean
}

/**
 * Tables that a sync means, in name order. Patterns are matched against the qualified name and, without a dot, against the table's own.
 * @throws Failure `sync.no_tables`, `sync.same_target`
 */
export function chooseTables(
  name: string,
  file: SyncFile,
  datasets: readonly DatasetSummary[],
  { toFiles = false }: NamingOptions = {},
): ChosenTable[] {
  const { include, exclude } = file.tables
  const isMeant = (dataset: string): boolean =>
    include.some((pattern) => fits(dataset, pattern)) && !exclude.some((pattern) => fits(dataset, pattern))
  // Only tables tell their changes.
  const kinds: readonly DatasetSummary['kind'][] = file.mode === 'changes' ? ['table'] : ['table', 'file', 'sheet']
  const chosen = datasets
    .filter(({ kind, name: dataset }) => kinds.includes(kind) && isMeant(dataset))
    .map(({ name: dataset, kind }) => {
      const table = kind === 'table' ? (parseQualifiedName(dataset).at(-1) ?? dataset) : withoutEnding(dataset)
      return { dataset, target: targetName(table, file.rename, toFiles) }
    })
  if (chosen.length === 0 && file.queries.length === 0)
    throw new Failure('sync.no_tables', { sync: name, source: file.source })
  assertApart(chosen)
  return chosen
}

/** Whether a pattern means a dataset. */
export function fits(dataset: string, pattern: string): boolean {
  // The dot of a file's name divides nothing.
  if (fitsPart(dataset, pattern)) return true
  const parts = parseQualifiedName(dataset)
  const wanted = parseQualifiedName(pattern)
  const compared = wanted.length === 1 ? parts.slice(-1) : parts
  return compared.length === wanted.length && wanted.every((part, i) => fitsPart(compared[i] ?? '', part))
}

function fitsPart(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return text === pattern
  const last = rest.pop() ?? ''
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0 || found + piece.length > text.length - last.length) return false
    at = found + piece.length
  }
  return true
}

/** Of `folder/orders.csv.gz` and `book.xlsx!Sheet` what a table is called. */
function withoutEnding(dataset: string): string {
  const [file = '', sheet] = dataset.split('!')
  return sheet ?? (file.split('/').at(-1) ?? file).replace(/(?<=.)\.[A-Za-z0-9]+(\.(gz|zst))?$/, '')
}

/** What a table is called in the target. */
export function targetName(table: string, rename: SyncFile['rename'], toFiles: boolean): string {
  const parts = renamed(table, rename)
  return toFiles ? parts.join('/') : printQualifiedName(parts)
}

function renamed(table: string, rename: SyncFile['rename']): string[] {
  const replaced = rename.replace.reduce((name, { pattern, by }) => name.replace(new RegExp(pattern, 'gu'), by), table)
  const full = `${rename.prefix}${replaced}${rename.suffix}`
  const cased = rename.case === 'keep' ? full : rename.case === 'lower' ? full.toLowerCase() : full.toUpperCase()
  return rename.schema === undefined ? [cased] : [rename.schema, cased]
}

/** Most systems take names for one that differ by case only. */
function assertApart(chosen: readonly ChosenTable[]): void {
  const byTarget = Map.groupBy(chosen, ({ target }) => target.toLowerCase())
  for (const [, tables] of byTarget) {
    if (tables.length === 1) continue
    throw new Failure('sync.same_target', {
      target: tables[0]?.target ?? '',
      datasets: tables.map(({ dataset }) => dataset),
    })
  }
}

import { type DatasetSummary, parseQualifiedName, printQualifiedName } from '../contract/dataset.ts'
import { Failure } from '../contract/failure.ts'
import type { SyncFile } from '../contract/sync-file.ts'

/** A table of the source and what it is called in the target. */
export interface ChosenTable {
  readonly dataset: string
  readonly target: string
}

/**
 * Tables that a sync means, in name order. Patterns are matched against the qualified name and, without a dot, against the table's own.
 * @throws Failure `sync.no_tables`, `sync.same_target`
 */
export function chooseTables(name: string, file: SyncFile, datasets: readonly DatasetSummary[]): ChosenTable[] {
  const { include, exclude } = file.tables
  const isMeant = (dataset: string): boolean =>
    include.some((pattern) => fits(dataset, pattern)) && !exclude.some((pattern) => fits(dataset, pattern))
  const chosen = datasets
    .filter(({ kind, name: dataset }) => kind === 'table' && isMeant(dataset))
    .map(({ name: dataset }) => ({ dataset, target: renamed(dataset, file.rename) }))
  if (chosen.length === 0) throw new Failure('sync.no_tables', { sync: name, source: file.source })
  assertApart(chosen)
  return chosen
}

function fits(dataset: string, pattern: string): boolean {
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

function renamed(dataset: string, rename: SyncFile['rename']): string {
  const table = parseQualifiedName(dataset).at(-1) ?? dataset
  const full = `${rename.prefix}${table}${rename.suffix}`
  const cased = rename.case === 'keep' ? full : rename.case === 'lower' ? full.toLowerCase() : full.toUpperCase()
  return printQualifiedName(rename.schema === undefined ? [cased] : [rename.schema, cased])
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

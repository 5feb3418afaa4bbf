import { nearestName } from '../base/suggest.ts'
import type { Column } from '../contract/column.ts'
import type { OutputRef } from './compiled.ts'

/** The form in which DuckDB compares names: ASCII letters in lower case, everything else as it is. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

export function findColumn(columns: readonly Column[], name: string): Column | undefined {
  const folded = foldName(name)
  return columns.find((column) => foldName(column.name) === folded)
}

/** Columns a person sees: without Runnel's own. */
export function visible(columns: readonly Column[]): Column[] {
  return columns.filter((column) => column.hidden !== true)
}

/** The first name that occurs twice. */
export function duplicateName(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return names.find((name) => seen.size === seen.add(foldName(name)).size)
}

/** `node` or `node.output`. Node names have no dots. */
export function parseOutputRef(text: string): OutputRef {
  const dot = text.indexOf('.')
  return dot < 0 ? { node: text, output: 'out' } : { node: text.slice(0, dot), output: text.slice(dot + 1) }
}

/** What an unknown name is reported with: the known ones, nearest first, at most twelve. */
export function alternatives(name: string, known: readonly string[]): { suggestion?: string; known: string[] } {
  const suggestion = nearestName(name, known)
  if (suggestion === undefined) return { known: known.slice(0, 12) }
  return { suggestion, known: [suggestion, ...known.filter((other) => other !== suggestion)].slice(0, 12) }
}

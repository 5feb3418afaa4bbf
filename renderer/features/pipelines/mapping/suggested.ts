import type { MappingSuggestion } from '../../../../engine/contract/api/authoring.ts'
import { type MapField, sourceOf, withMapping } from './fields.ts'

/** Names of a suggestion that was refused; what is asked again stays refused. */
export function refusalKey({ to, from }: MappingSuggestion): string {
  return JSON.stringify([to, from])
}

/**
 * The best suggestion for every column that has no source yet: it has no field, or its field takes a column that is not
 * there. Surest first.
 */
export function openSuggestions(
  suggestions: readonly MappingSuggestion[],
  fields: readonly MapField[],
  columns: readonly string[],
  refused: ReadonlySet<string>,
): readonly MappingSuggestion[] {
  const done = new Set(
    fields.flatMap((field) => {
      const source = sourceOf(field)
      return source === undefined || columns.includes(source) ? [field.to] : []
    }),
  )
  const best = new Map<string, MappingSuggestion>()
  for (const one of suggestions) {
    if (done.has(one.to) || refused.has(refusalKey(one))) continue
    const other = best.get(one.to)
    if (other === undefined || other.confidence < one.confidence) best.set(one.to, one)
  }
  return [...best.values()].toSorted((one, other) => other.confidence - one.confidence)
}

export function sureEnough(suggestions: readonly MappingSuggestion[], threshold: number): readonly MappingSuggestion[] {
  return suggestions.filter(({ confidence }) => confidence >= threshold)
}

export function withSuggestions(
  fields: readonly MapField[],
  suggestions: readonly MappingSuggestion[],
): readonly MapField[] {
  return suggestions.reduce((all, { from, to }) => withMapping(all, from, to), fields)
}

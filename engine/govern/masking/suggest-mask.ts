import type { MaskSuggestion } from '../../contract/api/masking.ts'
import type { Column } from '../../contract/column.ts'
import { maskOfMeaning } from '../../contract/mask-of-meaning.ts'
import type { PersonalClass } from '../../contract/personal-class.ts'
import { classify, type SemanticGuess } from '../../profile/semantic/classify.ts'

const LIKELY = 0.4

/**
 * A mask for a column that holds personal data: as a person confirmed, else as the values of its first rows suggest; undefined when
 * it holds none.
 */
export function suggestMask(
  column: Column,
  values: readonly string[],
  confirmed?: PersonalClass,
): MaskSuggestion | undefined {
  if (confirmed === 'none') return undefined
  const guesses = classify(values, column.name)
  const guess = guesses.find((found) => isLikely(found, guesses[0]))
  const level = confirmed ?? guess?.class
  if (level === undefined) return undefined
  return {
    column: column.name,
    mask: maskOfMeaning(guess?.type, column.type),
    semantic: guess?.type ?? '',
    class: level,
    share: guess?.share ?? 0,
  }
}

/** What looks like names and still more like regions holds regions. */
function isLikely(found: SemanticGuess, best: SemanticGuess | undefined): boolean {
  if (found.class === 'sensitive') return true
  return found.class === 'personal' && found.confidence >= LIKELY && (found === best || best?.class !== 'none')
}

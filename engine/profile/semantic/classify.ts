import type { PersonalClass } from '../../contract/personal-class.ts'
import { SEMANTIC_TYPES } from './all.ts'
import { foldColumnName, type SemanticType } from './semantic-type.ts'
import { veiled } from './veil.ts'

export interface SemanticGuess {
  readonly type: string
  /** Of the values that are not blank, from 0 to 1. */
  readonly share: number
  /** From 0 to 1: share, weighed by how much such a value says and whether the column's name agrees. */
  readonly confidence: number
  /** At most three; veiled when personal. */
  readonly examples: readonly string[]
  readonly class: PersonalClass
  /** Values that are not blank and are not one, veiled likewise; at most three. */
  readonly exceptions: readonly string[]
  readonly nameAgrees: boolean
}

const EXAMPLES = 3
/** Below this share a type is told only if it is personal: a single ID number in a remark counts. */
const TOLD_SHARE = 0.5
const WEIGHT = { proof: [1, 1], shape: [0.7, 0.95], hint: [0.2, 0.96] } as const

/**
 * What a column's values may mean, the likeliest first: a suggestion that a person confirms. Blank values do not count;
 * every value counts as often as it stands in the sample.
 */
export function classify(values: readonly string[], columnName: string): SemanticGuess[] {
  const texts = values.map((value) => value.trim()).filter((value) => value !== '')
  if (texts.length === 0) return []
  const name = foldColumnName(columnName)
  return SEMANTIC_TYPES.filter(({ notNames }) => notNames?.test(name) !== true)
    .map((type) => guess(type, texts, name))
    .filter((found) => isTold(found))
    .toSorted((a, b) => b.confidence - a.confidence)
}

function guess(type: SemanticType, texts: readonly string[], name: string): SemanticGuess {
  const verdicts = new Map<string, boolean>()
  let count = 0
  for (const text of texts) {
    const isOne = verdicts.get(text) ?? type.matches(text)
    verdicts.set(text, isOne)
    if (isOne) count++
  }
  const share = count / texts.length
  const nameAgrees = type.names.test(name)
  const shown = (wanted: boolean): string[] =>
    [...verdicts]
      .filter(([, isOne]) => isOne === wanted)
      .slice(0, EXAMPLES)
      .map(([text]) => (type.personal === 'none' ? text : veiled(text)))
  return {
    type: type.id,
    share,
    confidence: share * WEIGHT[type.evidence][nameAgrees ? 1 : 0],
    examples: shown(true),
    exceptions: shown(false),
    class: type.personal,
    nameAgrees,
  }
}

function isTold({ share, confidence, class: personal }: SemanticGuess): boolean {
  if (share === 0) return false
  return (share >= TOLD_SHARE && confidence >= 0.3) || (personal === 'sensitive' && confidence > 0.005)
}

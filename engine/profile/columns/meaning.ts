import type { SemanticReading } from '../../contract/profile/column-profile.ts'
import { SEMANTIC_TYPES } from '../semantic/all.ts'
import { classify } from '../semantic/classify.ts'
import type { ProfiledColumn } from './profiled-column.ts'

const MOST = 3
/** Whether values of another type than text may be one of them is told by the name alone: any number could be a postcode. */
const NUMBERS = new Set(['cn_id_card', 'bank_card', 'cn_mobile', 'cn_postcode', 'cn_region_code'])

/** What a column may mean, the likeliest first. */
export function readMeaning(values: readonly string[], { name, kind }: ProfiledColumn): SemanticReading[] {
  return classify(values, name)
    .filter(({ type }) => kind === 'text' || (kind === 'date' ? type === 'birthday' : NUMBERS.has(type)))
    .slice(0, MOST)
    .map(({ nameAgrees: _nameAgrees, ...guess }) => ({
      ...guess,
      title: SEMANTIC_TYPES.find(({ id }) => id === guess.type)?.title ?? { en: guess.type, zh: guess.type },
      examples: [...guess.examples],
      exceptions: [...guess.exceptions],
    }))
}

import type { SemanticType } from '../semantic-type.ts'

/** An object or an array; a bare number or text is JSON too but says nothing. */
export const json: SemanticType = {
  id: 'json',
  title: { en: 'JSON', zh: 'JSON' },
  personal: 'none',
  evidence: 'proof',
  names: /json|payload|attributes|properties/,
  prefilter: '(?s)\\{.*\\}|\\[.*\\]',
  matches: (value) => {
    if (!/^(?:\{.*\}|\[.*\])$/s.test(value)) return false
    try {
      JSON.parse(value)
      return true
    } catch {
      return false
    }
  },
}

import type { SemanticType } from '../semantic-type.ts'

/** RFC 9562: versions 1 to 8 of its variant, nil and max. */
export const uuid: SemanticType = {
  id: 'uuid',
  title: { en: 'UUID', zh: 'UUID' },
  personal: 'none',
  evidence: 'proof',
  names: /uuid|guid/,
  prefilter: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  matches: (value) => UUID.test(value),
}

const UUID =
  /^(?:[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}|0{8}(?:-0{4}){3}-0{12}|f{8}(?:-f{4}){3}-f{12})$/i

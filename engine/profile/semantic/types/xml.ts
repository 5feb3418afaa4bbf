import type { SemanticType } from '../semantic-type.ts'

/** One element, perhaps after a declaration or comments, whose first and last tags agree; what lies between is not parsed. */
export const xml: SemanticType = {
  id: 'xml',
  title: { en: 'XML', zh: 'XML' },
  personal: 'none',
  evidence: 'proof',
  names: /xml|payload/,
  prefilter: '(?s)<.*>',
  matches: (value) => XML.test(value),
}

const XML =
  /^(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:[^-]|-[^-])*-->\s*|<!DOCTYPE[^>]*>\s*)*<([\p{L}_][\p{L}\p{N}_.:-]*)(?:\s[^<>]*)?(?:\/>|>.*<\/\1\s*>)$/su

import { FAILURES } from '../failure-catalogue.ts'
import type { FailureSpec } from '../failure-spec.ts'
import { CHANGES } from './changes.ts'
import { DIAGNOSIS } from './diagnosis.ts'
import { FORM_PARTS, FORMS } from './forms.ts'
import type { Phrase, Phrases } from './phrase.ts'
import { PIPELINE_PARTS, PIPELINES } from './pipelines.ts'
import { PLACES } from './places.ts'
import { READING, READING_PARTS } from './reading.ts'
import { TYPE_PARTS, TYPES } from './types.ts'
import { WRITING } from './writing.ts'
import { XML, XML_PARTS } from './xml.ts'

const SPECS: readonly FailureSpec[] = Object.values(FAILURES)

/** Whole sentences. What a failure says may stand in a warning as well. */
export const SENTENCES: Phrases = [
  ...READING,
  ...TYPES,
  ...WRITING,
  ...PIPELINES,
  ...DIAGNOSIS,
  ...CHANGES,
  ...FORMS,
  ...XML,
  ...PLACES,
  ...SPECS.flatMap(({ message, next }): Phrase[] => [
    [message.en, message.zh],
    [next.en, next.zh],
  ]),
]

/** What stands in the place of a part only: alone they would be found in sentences of other programs. */
export const PARTS: Phrases = [...READING_PARTS, ...TYPE_PARTS, ...PIPELINE_PARTS, ...FORM_PARTS, ...XML_PARTS]

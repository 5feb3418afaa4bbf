import { useTranslation } from 'react-i18next'
import { languageSchema } from '../../../engine/contract/localized.ts'
import { FieldInput } from './FieldInput.tsx'
import { fieldsOf } from './field-tree.ts'
import type { DrawField } from './place.ts'

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
export type JsonObject = Record<string, JsonValue>

interface SchemaFormProps {
  /** JSON Schema of an object, with texts as contract/settings-form.ts describes them. */
  readonly schema: Readonly<Record<string, unknown>>
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  /** What is wrong, by dotted path of the field. */
  readonly problems?: Readonly<Record<string, string>>
  readonly draw?: DrawField
}

/** A form for what a JSON Schema describes. An emptied optional field is taken out, so that its default holds again. */
export function SchemaForm({ schema, value, onChange, problems = {}, draw }: SchemaFormProps) {
  const { i18n } = useTranslation('ui')
  const language = languageSchema.catch('en').parse(i18n.language)
  return (
    <FieldInput
      shape={{ kind: 'object', fields: fieldsOf(schema, language) }}
      value={value}
      // The fields of an object hand back an object.
      onChange={(next) => onChange(next as JsonObject)}
      place={{ path: '', id: '', label: '', problems, language, draw, Input: FieldInput }}
    />
  )
}

import { emptyValue, type FieldShape } from './field-tree.ts'

/** What a new value of this shape begins with. */
export function emptyOf(shape: FieldShape): unknown {
  switch (shape.kind) {
    case 'text':
      return ''
    case 'number':
      return shape.minimum ?? 0
    case 'switch':
      return false
    case 'choice':
      return shape.choices[0]?.value
    case 'list':
      return []
    case 'object':
      return Object.fromEntries(
        shape.fields
          .filter(({ isRequired }) => isRequired)
          .map((field) => [field.name, field.defaultValue ?? emptyOf(field.shape)]),
      )
    case 'record':
      return {}
    case 'variants':
      return emptyValue(shape.variants[0]?.schema ?? {})
    case 'json':
      return null
    default:
      return shape satisfies never
  }
}

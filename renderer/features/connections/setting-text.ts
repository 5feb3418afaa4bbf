import type { Field } from '../../ui/forms/field-tree.ts'

/** A setting's value on one line; undefined when there is none, not even one that holds by itself. */
export function settingText(
  { shape, defaultValue }: Pick<Field, 'shape' | 'defaultValue'>,
  value: unknown,
  switched: (isOn: boolean) => string,
): string | undefined {
  const shown = isEmpty(value) ? defaultValue : value
  if (isEmpty(shown)) return undefined
  if (shape.kind === 'choice') return shape.choices.find((choice) => choice.value === shown)?.title ?? String(shown)
  if (typeof shown === 'boolean') return switched(shown)
  return typeof shown === 'string' ? shown : JSON.stringify(shown)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

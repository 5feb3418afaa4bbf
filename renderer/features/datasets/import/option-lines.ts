import type { DetectedOption } from '../../../../engine/contract/api/data.ts'
import type { Language } from '../../../../engine/contract/localized.ts'
import { type Field, type FieldShape, fieldsOf } from '../../../ui/forms/field-tree.ts'
import type { SourceOptions } from './stored-options.ts'

export interface OptionLine {
  readonly option: DetectedOption
  readonly field: Field
}

/** The options of a detection with how to draw them: what was found out first, then the rest in the schema's order. */
export function optionLines(
  options: readonly DetectedOption[],
  schema: Readonly<Record<string, unknown>>,
  language: Language,
): readonly OptionLine[] {
  const fields = new Map(fieldsOf(schema, language).map((field) => [field.name, field]))
  const lines = options.flatMap((option) => {
    const field = fields.get(option.name)
    return field === undefined ? [] : [{ option, field }]
  })
  const isDetected = ({ option }: OptionLine): boolean => option.confidence !== undefined
  return [...lines.filter(isDetected), ...lines.filter((line) => !isDetected(line))]
}

/** The options with one of them changed; undefined lets detection decide again. */
export function withOption(
  options: SourceOptions,
  name: string,
  value: SourceOptions[string] | undefined,
): SourceOptions {
  const { [name]: _, ...others } = options
  return value === undefined ? others : { ...others, [name]: value }
}

/** The options as the `options` of a source node: each value as JSON, which YAML reads too. */
export function optionsAsYaml(options: SourceOptions): string {
  const lines = Object.entries(options).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`)
  return lines.length === 0 ? 'options: {}\n' : `options:\n${lines.join('\n')}\n`
}

/** More than these are offered in a list. */
const MOST_BUTTONS = 6

/** The field of an option; a text with many known values is chosen from a list. */
export function shapeOfOption({ option, field }: OptionLine): FieldShape {
  const { shape } = field
  if (shape.kind !== 'text' || option.alternatives.length <= MOST_BUTTONS) return shape
  const values = new Set([option.value, ...option.alternatives.map(({ value }) => value)])
  const texts = [...values].filter((value) => typeof value === 'string')
  return { kind: 'choice', choices: texts.map((value) => ({ value, title: value })) }
}

/** A value of an option in a button: white space and nothing at all must be seen. */
export function optionText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return { '\t': 'Tab ⇥', ' ': '␣', '': '∅' }[value] ?? value
}

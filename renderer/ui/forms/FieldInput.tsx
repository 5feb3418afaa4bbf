import { InputNumber, Switch } from 'antd'
import { Select } from '../select/Select.tsx'
import { LongTextInput } from '../text/LongTextInput.tsx'
import { TextInput } from '../text/TextInput.tsx'
import { JsonInput } from './JsonInput.tsx'
import { ListInput } from './ListInput.tsx'
import { ObjectInput } from './ObjectInput.tsx'
import type { InputProps } from './place.ts'
import { RecordInput } from './RecordInput.tsx'
import { VariantInput } from './VariantInput.tsx'

/** Longer lists are searched by typing. */
const SEARCHED_FROM = 8

/** The input for one value, by its shape. */
export function FieldInput({ shape, value, onChange, place }: InputProps) {
  const named = { id: place.id, ...(place.label === '' ? {} : { 'aria-label': place.label }) }
  switch (shape.kind) {
    case 'text': {
      const props = { ...named, value: textOf(value), spellCheck: false }
      const change = (text: string): void => onChange(text === '' ? undefined : text)
      return shape.isLong ? (
        <LongTextInput {...props} autoSize={{ minRows: 2, maxRows: 12 }} onText={change} />
      ) : (
        <TextInput {...props} onText={change} />
      )
    }
    case 'number':
      return (
        <InputNumber
          {...named}
          value={typeof value === 'number' ? value : null}
          {...(shape.minimum === undefined ? {} : { min: shape.minimum })}
          {...(shape.maximum === undefined ? {} : { max: shape.maximum })}
          {...(shape.isInteger ? { precision: 0 } : {})}
          changeOnWheel={false}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'switch':
      return <Switch {...named} checked={value === true} onChange={onChange} />
    case 'choice':
      return (
        <Select
          {...named}
          allowClear
          {...(shape.choices.length > SEARCHED_FROM ? { showSearch: { optionFilterProp: 'label' } } : {})}
          value={shape.choices.find((choice) => choice.value === value)?.value?.toString()}
          options={shape.choices.map((choice) => ({ value: String(choice.value), label: choice.title }))}
          onChange={(text?: string) => onChange(shape.choices.find((choice) => String(choice.value) === text)?.value)}
        />
      )
    case 'object':
      return <ObjectInput shape={shape} value={value} onChange={onChange} place={place} />
    case 'list':
      return <ListInput shape={shape} value={value} onChange={onChange} place={place} />
    case 'record':
      return <RecordInput shape={shape} value={value} onChange={onChange} place={place} />
    case 'variants':
      return <VariantInput shape={shape} value={value} onChange={onChange} place={place} />
    case 'json':
      return <JsonInput {...named} value={value} onChange={onChange} />
    default:
      return shape satisfies never
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

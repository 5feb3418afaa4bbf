import { Input, type InputProps } from 'antd'
import { useComposed } from './use-composed.ts'

export interface TextInputProps
  extends Omit<InputProps, 'value' | 'onChange' | 'onCompositionStart' | 'onCompositionEnd'> {
  readonly value: string
  /** Hears of each change, but of nothing that an input method is still composing. */
  readonly onText: (text: string) => void
}

/** A line of text whose every change has an effect at once: a search, a filter, a setting that is kept as it is typed. */
export function TextInput({ value, onText, ...rest }: TextInputProps) {
  const { shown, type, heard } = useComposed(value, onText)
  return <Input {...rest} {...heard} value={shown} onChange={(event) => type(event.target.value)} />
}

import { Input } from 'antd'
import type { TextAreaProps } from 'antd/es/input'
import type { TextInputProps } from './TextInput.tsx'
import { useComposed } from './use-composed.ts'

type LongTextInputProps = Omit<TextAreaProps, 'value' | 'onChange' | 'onCompositionStart' | 'onCompositionEnd'> &
  Pick<TextInputProps, 'value' | 'onText'>

/** A text of several lines; otherwise as a `TextInput`. */
export function LongTextInput({ value, onText, ...rest }: LongTextInputProps) {
  const { shown, type, heard } = useComposed(value, onText)
  return <Input.TextArea {...rest} {...heard} value={shown} onChange={(event) => type(event.target.value)} />
}

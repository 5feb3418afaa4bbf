import { AutoComplete, type AutoCompleteProps } from 'antd'
import { NamedChoices } from '../select/NamedChoices.tsx'
import type { TextInputProps } from './TextInput.tsx'
import { useComposed } from './use-composed.ts'

type TextChooserProps = Omit<AutoCompleteProps, 'value' | 'onChange'> & Pick<TextInputProps, 'value' | 'onText'>

/** A line of text with what it may be; otherwise as a `TextInput`. Cleared, it is empty. */
export function TextChooser({ value, onText, ...rest }: TextChooserProps) {
  const { shown, type, heard } = useComposed(value, onText)
  return (
    <span style={{ display: 'contents' }} {...heard}>
      <AutoComplete
        popupRender={(list) => <NamedChoices>{list}</NamedChoices>}
        {...rest}
        value={shown}
        onChange={(text?: string) => type(text ?? '')}
      />
    </span>
  )
}

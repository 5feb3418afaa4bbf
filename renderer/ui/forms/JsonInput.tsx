import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LongTextInput } from '../text/LongTextInput.tsx'

interface JsonInputProps {
  readonly id: string
  readonly 'aria-label'?: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** A value that no form fits, as JSON. What is not JSON yet stays in the field and is not handed on. */
export function JsonInput({ id, value, onChange, ...named }: JsonInputProps) {
  const { t } = useTranslation('ui')
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const [isWrong, setWrong] = useState(false)
  const change = (next: string): void => {
    setText(next)
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next))
      setWrong(false)
    } catch {
      setWrong(true)
    }
  }
  return (
    <>
      <LongTextInput
        id={id}
        {...named}
        value={text}
        spellCheck={false}
        autoSize={{ minRows: 1, maxRows: 10 }}
        onText={change}
      />
      {isWrong && <small role="alert">{t('form.notJson')}</small>}
    </>
  )
}

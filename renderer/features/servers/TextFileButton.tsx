import { Button } from 'antd'
import { type ChangeEvent, useRef } from 'react'

interface TextFileButtonProps {
  readonly label: string
  /** Endings with their dot, comma between them. */
  readonly accept: string
  readonly onText: (text: string) => void
}

/** Takes the text of a file of the person's own machine, wherever the engine runs. */
export function TextFileButton({ label, accept, onText }: TextFileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  const read = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? []
    if (file !== undefined) onText(await file.text())
    // The same file may be chosen again after it was changed.
    target.value = ''
  }
  return (
    <>
      <input ref={input} hidden type="file" accept={accept} aria-label={label} onChange={(event) => void read(event)} />
      <Button onClick={() => input.current?.click()}>{label}</Button>
    </>
  )
}

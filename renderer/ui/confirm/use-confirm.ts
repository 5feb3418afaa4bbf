import { App as AntApp } from 'antd'
import { useEffect, useRef } from 'react'

interface Question {
  readonly title: string
  /** What will be lost. */
  readonly content?: string | undefined
  readonly okText: string
  readonly cancelText?: string
  readonly onOk: () => unknown
}

/** Asks once before something is lost. Its words are those of the last drawing: they follow the language while it is open. */
export function useConfirm({ title, content, okText, cancelText, onOk }: Question): () => void {
  const { modal } = AntApp.useApp()
  const open = useRef<{ readonly update: (words: object) => void }>(undefined)
  const words = { title, okText, ...(content && { content }), ...(cancelText && { cancelText }) }
  useEffect(() => {
    open.current?.update(words)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words are made anew at every drawing
  }, [title, content, okText, cancelText])
  return () => {
    open.current = modal.confirm({
      ...words,
      okButtonProps: { danger: true },
      onOk,
      afterClose: () => {
        open.current = undefined
      },
    })
  }
}

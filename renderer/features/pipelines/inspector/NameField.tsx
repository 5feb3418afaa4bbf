import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nodeNameSchema } from '../../../../engine/contract/pipeline-file.ts'
import { withRenamed } from '../document/edits.ts'
import { withRenamedPlace } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'
import styles from './Inspector.module.css'

/** The node's name. Enter or leaving the field renames it everywhere; Escape keeps the old one. */
export function NameField({ name }: { readonly name: string }) {
  const { t } = useTranslation('pipelines')
  const { editor, catalogue } = useEditor()
  const id = useId()
  const [text, setText] = useState(name)
  const { document } = editor.store.getState()
  const problem = !nodeNameSchema.safeParse(text).success
    ? t('name.invalid')
    : text !== name && text in document.nodes
      ? t('name.taken')
      : undefined
  const accept = (): void => {
    if (problem !== undefined || text === name) return setText(name)
    editor.changeBoth(({ document: before, layout }) => ({
      document: withRenamed(before, name, text, catalogue),
      layout: withRenamedPlace(layout, name, text),
    }))
    editor.select([text])
  }
  return (
    <div className={styles['name']}>
      <label htmlFor={id}>{t('inspector.name')}</label>
      <Input
        id={id}
        size="small"
        spellCheck={false}
        value={text}
        {...(problem === undefined ? {} : { status: 'error' as const })}
        onChange={(event) => setText(event.target.value)}
        onBlur={accept}
        onPressEnter={accept}
        onKeyDown={(event) => event.key === 'Escape' && setText(name)}
      />
      {problem !== undefined && <small role="alert">{problem}</small>}
    </div>
  )
}

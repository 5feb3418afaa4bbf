import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpressionCompletion } from '../../../../engine/contract/api/authoring.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import { useEditor } from '../document/use-editor.ts'
import styles from './Expression.module.css'

interface ExpressionPartsProps {
  readonly node: string
  readonly onInsert: (text: string) => void
}

const SHOWN = 60

/** Columns, functions and parameters to be put where the caret is, each with what it is. */
export function ExpressionParts({ node, onInsert }: ExpressionPartsProps) {
  const { t } = useTranslation('mapping')
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={<PartList node={node} onInsert={onInsert} />}
    >
      <Button size="small" type="text">
        {t('expression.parts')}
      </Button>
    </Popover>
  )
}

function PartList({ node, onInsert }: ExpressionPartsProps) {
  const { t } = useTranslation('mapping')
  const { editor } = useEditor()
  const { pipeline, document } = editor.store.getState()
  const [search, setSearch] = useState('')
  const found = useAnswer(
    ['complete', pipeline, node, search, document],
    (engine, signal) =>
      engine.pipelines.complete(
        { pipeline, draft: { document }, node, expression: search, offset: search.length },
        { signal },
      ),
    { keepsLast: true },
  )
  const parts = found.state === 'ready' ? found.data.slice(0, SHOWN) : []
  return (
    <div className={styles['parts']}>
      <TextInput
        size="small"
        allowClear
        aria-label={t('expression.search')}
        placeholder={t('expression.search')}
        value={search}
        onText={setSearch}
      />
      <ul aria-label={t('expression.parts')}>
        {parts.map((part) => (
          <Part key={`${part.kind} ${part.label} ${part.detail ?? ''}`} part={part} onInsert={onInsert} />
        ))}
      </ul>
      {found.state === 'ready' && parts.length === 0 && <p>{t('expression.nothing')}</p>}
    </div>
  )
}

function Part({ part, onInsert }: { readonly part: ExpressionCompletion; readonly onInsert: (text: string) => void }) {
  return (
    <li>
      <button type="button" onClick={() => onInsert(part.insert)}>
        <bdi>{part.label}</bdi>
        <small>{part.detail}</small>
        {part.description !== undefined && <small>{part.description}</small>}
      </button>
    </li>
  )
}

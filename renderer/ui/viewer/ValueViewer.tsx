import { CloseOutlined, CopyOutlined } from '@ant-design/icons'
import { Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell } from '../../../engine/contract/page.ts'
import { cellText } from '../grid/cell-text.ts'
import { IconButton } from '../icon-button/IconButton.tsx'
import { JsonTree } from './JsonTree.tsx'
import styles from './ValueViewer.module.css'
import { bytesOf, formsOf, hexLines, parsedJson, type ValueForm, withSigns } from './value-forms.ts'

interface ValueViewerProps {
  /** Where the value stands: its column's name. */
  readonly title: string
  readonly type: string
  /** Whole. */
  readonly value: Cell
  readonly onClose: () => void
}

/** More would keep the browser busy; all of it can be copied. */
const DRAWN_CHARACTERS = 500_000
const DRAWN_BYTES = 64 * 1024

/** One value in full: as text, as a tree or as bytes. Nothing in it is ever run or followed. */
export function ValueViewer({ title, type, value, onClose }: ValueViewerProps) {
  const { t } = useTranslation('ui')
  const forms = formsOf(value, type)
  const [chosen, setChosen] = useState<ValueForm>()
  const [hasSigns, setSigns] = useState(false)
  const form = chosen !== undefined && forms.includes(chosen) ? chosen : (forms[0] ?? 'text')
  return (
    <section className={styles['viewer']} aria-label={t('viewer.title', { column: title })}>
      <header>
        <bdi className={styles['title']}>{title}</bdi>
        <small>{type}</small>
        <IconButton
          label={t('viewer.copy')}
          icon={<CopyOutlined aria-hidden />}
          onClick={() => void navigator.clipboard.writeText(cellText(value))}
        />
        <IconButton label={t('viewer.close')} icon={<CloseOutlined aria-hidden />} onClick={onClose} />
      </header>
      <div className={styles['tools']}>
        <Segmented
          size="small"
          aria-label={t('viewer.form')}
          value={form}
          options={forms.map((one) => ({ value: one, label: t(`viewer.form.${one}`) }))}
          onChange={setChosen}
        />
        {form === 'text' && (
          <Checkbox checked={hasSigns} onChange={(event) => setSigns(event.target.checked)}>
            {t('viewer.signs')}
          </Checkbox>
        )}
        <small>{value === null ? 'NULL' : t('viewer.characters', { count: cellText(value).length })}</small>
      </div>
      <Shown value={value} type={type} form={form} hasSigns={hasSigns} />
    </section>
  )
}

interface ShownProps extends Pick<ValueViewerProps, 'value' | 'type'> {
  readonly form: ValueForm
  readonly hasSigns: boolean
}

function Shown({ value, type, form, hasSigns }: ShownProps) {
  const { t } = useTranslation('ui')
  if (form === 'tree') {
    const tree = typeof value === 'string' ? (parsedJson(value) ?? value) : value
    return (
      <div className={styles['body']} tabIndex={0} role="region" aria-label={t('viewer.form.tree')}>
        <JsonTree value={tree} />
      </div>
    )
  }
  const text = form === 'hex' ? hexOf(value, type) : cellText(value).slice(0, DRAWN_CHARACTERS)
  const isCut = form === 'text' && cellText(value).length > DRAWN_CHARACTERS
  return (
    <>
      <pre
        className={styles['body']}
        tabIndex={0}
        role="region"
        aria-label={t(`viewer.form.${form}`)}
        data-form={form}
        dir="auto"
      >
        {form === 'text' && hasSigns ? withSigns(text) : text}
      </pre>
      {isCut && <small>{t('viewer.cut')}</small>}
    </>
  )
}

function hexOf(value: Cell, type: string): string {
  return hexLines(bytesOf(value, type).subarray(0, DRAWN_BYTES))
    .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(47)}  ${text}`)
    .join('\n')
}

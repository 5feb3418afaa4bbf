import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncFile } from '../../../../engine/contract/sync-file.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../../ui/settled/use-settled.ts'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from '../Syncs.module.css'
import type { StepProps } from './step-props.ts'

const TYPING_MS = 250
const SHOWN = 200
const CASES = ['keep', 'lower', 'upper'] as const

interface NamesStepProps extends StepProps {
  readonly document: SyncFile
}

/** What tables are called in the target, with the result beside. */
export function NamesStep({ draft: { rename }, change, document }: NamesStepProps) {
  const { t } = useTranslation('syncs')
  const id = useId()
  const set = (more: Partial<SyncFile['rename']>): void => change({ rename: { ...rename, ...more } })
  return (
    <div className={styles['sides']}>
      <div className={styles['fields']}>
        <label htmlFor={`${id}-schema`}>{t('rename.schema')}</label>
        <div>
          <TextInput
            id={`${id}-schema`}
            spellCheck={false}
            value={rename.schema ?? ''}
            onText={(schema) => set({ schema: schema.trim() === '' ? undefined : schema.trim() })}
          />
          <small>{t('rename.schemaHelp')}</small>
        </div>
        {(['prefix', 'suffix'] as const).map((part) => (
          <Affix
            key={part}
            id={`${id}-${part}`}
            label={t(`rename.${part}`)}
            value={rename[part]}
            onText={(text) => set({ [part]: text })}
          />
        ))}
        <label htmlFor={`${id}-case`}>{t('rename.case')}</label>
        <Select
          id={`${id}-case`}
          value={rename.case}
          onChange={(value) => set({ case: value })}
          options={CASES.map((value) => ({ value, label: t(`rename.case.${value}`) }))}
        />
      </div>
      <Result document={document} />
    </div>
  )
}

interface AffixProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onText: (text: string) => void
}

function Affix({ id, label, value, onText }: AffixProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <TextInput id={id} spellCheck={false} value={value} onText={onText} />
    </>
  )
}

/** Names as they would be now. */
function Result({ document }: { readonly document: SyncFile }) {
  const { t } = useTranslation('syncs')
  const { number } = useFormats()
  const key = useSettled(JSON.stringify(document), TYPING_MS)
  const found = useAnswer(
    ['syncs', 'choose', key],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key is the document
    (engine, signal) => engine.syncs.choose({ document }, { signal }),
    { keepsLast: true },
  )
  if (found.state === 'loading') return <Skeleton rows={6} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  return (
    <section className={styles['result']} aria-label={t('rename.result')} aria-busy={found.isStale}>
      <h2>{t('rename.resultCount', { count: found.data.length })}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('column.table')}</th>
            <th>{t('column.target')}</th>
          </tr>
        </thead>
        <tbody>
          {found.data.slice(0, SHOWN).map(({ dataset, target }) => (
            <tr key={dataset}>
              <td>
                <bdi>{dataset}</bdi>
              </td>
              <td>
                <bdi>{target}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.data.length > SHOWN && (
        <p className={styles['quiet']}>{t('rename.more', { count: number(found.data.length - SHOWN) })}</p>
      )}
    </section>
  )
}

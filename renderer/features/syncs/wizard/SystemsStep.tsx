import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from '../Syncs.module.css'
import type { StepProps } from './step-props.ts'
import { nameOf } from './sync-draft.ts'

interface SystemsStepProps extends StepProps {
  readonly connections: readonly { readonly name: string; readonly kind: string }[]
}

/** From where to where, and what the two can do. */
export function SystemsStep({ draft, change, connections }: SystemsStepProps) {
  const { t } = useTranslation('syncs')
  const id = useId()
  const options = connections.map(({ name, kind }) => ({ value: name, label: `${name} · ${kind}` }))
  return (
    <div className={styles['fields']}>
      <label htmlFor={`${id}-source`}>{t('field.source')}</label>
      <div>
        <Select
          id={`${id}-source`}
          showSearch
          className={styles['wide'] ?? ''}
          placeholder={t('field.choose')}
          value={draft.source ?? null}
          options={options}
          onChange={(source: string | null) => change({ source: source ?? undefined, chosen: new Set() })}
        />
        {draft.source !== undefined && <Capability connection={draft.source} side="source" />}
      </div>
      <label htmlFor={`${id}-target`}>{t('field.target')}</label>
      <div>
        <Select
          id={`${id}-target`}
          showSearch
          className={styles['wide'] ?? ''}
          placeholder={t('field.choose')}
          value={draft.target ?? null}
          options={options}
          onChange={(target: string | null) => change({ target: target ?? undefined })}
        />
        {draft.target !== undefined && <Capability connection={draft.target} side="target" />}
      </div>
      <label htmlFor={`${id}-name`}>{t('field.name')}</label>
      <div>
        <TextInput
          id={`${id}-name`}
          className={styles['wide'] ?? ''}
          spellCheck={false}
          value={nameOf(draft)}
          onText={(name) => change({ name })}
        />
        <small>{t('field.nameHelp')}</small>
      </div>
    </div>
  )
}

/** What a connection can do on this side of a sync, as its open session says. */
function Capability({ connection, side }: { readonly connection: string; readonly side: 'source' | 'target' }) {
  const { t } = useTranslation('syncs')
  const found = useAnswer(['syncs', 'capability', connection], (engine, signal) =>
    engine.syncs.capability({ connection }, { signal }),
  )
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  if (found.state === 'loading') return <small role="status">{t('capability.asked')}</small>
  const { changes, applies, promise } = found.data
  if (side === 'source') return <small>{t(changes ? 'capability.changes' : 'capability.noChanges')}</small>
  return <small>{t(applies ? `capability.${promise}` : 'capability.noApply')}</small>
}

import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preflight } from '../../../../engine/contract/preflight.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import { useEditorState } from '../document/use-editor.ts'
import { EnvironmentField } from '../run/EnvironmentField.tsx'
import { LossList } from './LossList.tsx'
import styles from './Preflight.module.css'
import { type PreflightCheck, type PreflightScope, usePreflight } from './use-preflight.ts'

/** What a load would lose, found in the values themselves before anything is written; each with what helps. */
export function PreflightPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('pipelines')
  const check = usePreflight()
  const { asked, answer, scope, setScope, start, stop } = check
  const isBusy = asked !== undefined && answer.state === 'loading'
  return (
    <section className={`nokey ${styles['panel']}`} aria-label={t('preflight.title')} aria-busy={isBusy}>
      <header className={styles['head']}>
        <h2>{t('preflight.title')}</h2>
        <span className={styles['grow']} role="status">
          {isBusy && <Elapsed since={asked.startedAt} />}
          {!isBusy && answer.state === 'ready' && <Looked found={answer.data} />}
        </span>
        {!isBusy && <ScopeFields scope={scope} onChange={setScope} />}
        {isBusy ? (
          <Button size="small" onClick={stop}>
            {t('preflight.stop')}
          </Button>
        ) : (
          <Button size="small" type="primary" onClick={start}>
            {t(answer.state === 'ready' ? 'preflight.again' : 'preflight.start')}
          </Button>
        )}
        <IconButton label={t('preflight.close')} icon={<CloseOutlined aria-hidden />} onClick={onClose} />
      </header>
      <Found check={check} />
    </section>
  )
}

const LIMITS = [10_000, 100_000, 1_000_000]

/** Environment, and how many rows of each source; a load of millions need not be computed whole to see its first losses. */
function ScopeFields({
  scope,
  onChange,
}: {
  readonly scope: PreflightScope
  readonly onChange: (scope: PreflightScope) => void
}) {
  const { t } = useTranslation('pipelines')
  const formats = useFormats()
  return (
    <>
      <EnvironmentField value={scope.environment} onChange={(environment) => onChange({ ...scope, environment })} />
      <Select
        size="small"
        aria-label={t('preflight.limit')}
        value={scope.limitRows ?? 0}
        onChange={(limitRows) => onChange({ ...scope, limitRows: limitRows === 0 ? undefined : limitRows })}
        popupMatchSelectWidth={false}
        options={[
          { value: 0, label: t('preflight.limitNone') },
          ...LIMITS.map((rows) => ({ value: rows, label: t('preflight.limitRows', { rows: formats.number(rows) }) })),
        ]}
      />
    </>
  )
}

function Found({ check: { asked, answer, start } }: { readonly check: PreflightCheck }) {
  const { t } = useTranslation('pipelines')
  const document = useEditorState((state) => state.document)
  if (asked === undefined) return <p className={styles['note']}>{t('preflight.hint')}</p>
  if (answer.state === 'loading') return null
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={start} />
  const { targets, findings, warnings } = answer.data
  if (targets.length === 0) return <EmptyState title={t('run.noTarget')} />
  return (
    <>
      {document !== asked.document && <p className={styles['note']}>{t('preflight.behind')}</p>}
      {warnings.map((warning) => (
        <p key={warning} className={styles['note']}>
          {warning}
        </p>
      ))}
      {findings.length === 0 ? (
        <EmptyState title={t('preflight.clean')} />
      ) : (
        <LossList key={asked.round} findings={findings} />
      )}
    </>
  )
}

function Looked({ found: { basis, targets } }: { readonly found: Preflight }) {
  const { t } = useTranslation('pipelines')
  const formats = useFormats()
  const rows = targets.reduce((sum, target) => sum + Number(target.rows), 0)
  return t(`preflight.basis.${basis}`, { count: rows, rows: formats.number(rows) })
}

const TICK_MS = 1_000

function Elapsed({ since }: { readonly since: number }) {
  const { t } = useTranslation('pipelines')
  const [now, setNow] = useState(since)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(ticking)
  }, [])
  return t('preflight.running', { seconds: Math.round((now - since) / TICK_MS) })
}

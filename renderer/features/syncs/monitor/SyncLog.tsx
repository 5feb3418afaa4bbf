import { useTranslation } from 'react-i18next'
import { describeFailure, failureFromData } from '../../../../engine/contract/failure.ts'
import type { SyncLogEntry } from '../../../../engine/contract/sync.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import styles from '../Syncs.module.css'

/** What was done and what happened, newest first: starts, restarts, statements run in the target, failures. */
export function SyncLog({ entries }: { readonly entries: readonly SyncLogEntry[] }) {
  const { t } = useTranslation('syncs')
  return (
    <section aria-label={t('log')}>
      <h2>{t('log')}</h2>
      {entries.length === 0 ? (
        <EmptyState title={t('log.none')} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
        <ol className={styles['log']} aria-label={t('log')} tabIndex={0}>
          {entries.map((entry) => (
            <Entry key={entry.sequence} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Entry({ entry: { at, kind, state, dataset, lines, failure } }: { readonly entry: SyncLogEntry }) {
  const { t } = useTranslation(['syncs', 'ui'])
  const { dateTime } = useFormats()
  const language = usePreferences((preferences) => preferences.language)
  const text = kind === 'state' ? t('log.state', { state: t(`ui:state.${state ?? 'unknown'}`) }) : t(`log.${kind}`)
  return (
    <li>
      <time dateTime={at}>{dateTime(at)}</time>
      <div>
        {text}
        {dataset !== undefined && (
          <>
            {' '}
            <bdi>{dataset}</bdi>
          </>
        )}
        {failure !== undefined && <p>{describeFailure(failureFromData(failure), language).message}</p>}
        {lines !== undefined && <pre>{lines.join('\n')}</pre>}
      </div>
    </li>
  )
}

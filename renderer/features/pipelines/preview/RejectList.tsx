import { useTranslation } from 'react-i18next'
import type { Reject } from '../../../../engine/contract/reject.ts'
import { useTold } from '../../../app/i18n/use-told.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { rawBytes } from '../../../ui/viewer/raw-bytes.ts'
import { hexLines } from '../../../ui/viewer/value-forms.ts'
import { groupRejects } from './group-rejects.ts'
import styles from './Preview.module.css'

const SHOWN = 100
const SHOWN_BYTES = 512

/** Rows that were refused, by what refused them. */
export function RejectList({ rejects }: { readonly rejects: readonly Reject[] }) {
  const { t } = useTranslation('pipelines')
  if (rejects.length === 0) return <EmptyState title={t('rejects.none')} />
  return (
    <div className={styles['rejects']}>
      {groupRejects(rejects).map(({ key, rule, column, members }) => (
        <details key={key} open>
          <summary>
            <bdi>{rule}</bdi>
            {column !== undefined && <bdi> · {column}</bdi>} ({members.length})
          </summary>
          <ul>
            {members.slice(0, SHOWN).map((reject, index) => (
              // Rejects have no identity but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <RejectLine key={index} reject={reject} />
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}

function RejectLine({ reject: { locator, reason, value, raw } }: { readonly reject: Reject }) {
  const { t } = useTranslation('mapping')
  const told = useTold()
  const bytes = raw === null ? undefined : rawBytes(raw)
  return (
    <li>
      <bdi>{locator}</bdi> <span>{told(reason)}</span>
      {value !== null && (
        <code>
          <bdi>{value.slice(0, 200)}</bdi>
        </code>
      )}
      {raw !== null && (
        <details>
          <summary>{t(bytes === undefined ? 'preview.rawRow' : 'preview.rawBytes')}</summary>
          <pre className={styles['raw']} dir="auto">
            {bytes === undefined
              ? raw.slice(0, 4_000)
              : hexLines(bytes.subarray(0, SHOWN_BYTES))
                  .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(47)}  ${text}`)
                  .join('\n')}
          </pre>
        </details>
      )}
    </li>
  )
}

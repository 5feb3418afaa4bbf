import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../engine/contract/failure.ts'
import type { Page } from '../../../engine/contract/page.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Quality.module.css'

const SETTLED_MS = 400
const ROWS = 8

/** The first rows of a dataset as a policy would have them, each masked value above the one it stands for. */
export function PolicyPreview({
  text: typed,
  dataset,
}: {
  readonly text: string
  readonly dataset: string | undefined
}) {
  const { t } = useTranslation('quality')
  const text = useSettled(typed, SETTLED_MS)
  const shown = useAnswer(
    ['masking', 'preview', text, dataset],
    (engine, signal) =>
      engine.masking.preview({ dataset: dataset ?? '', draft: { text }, limitRows: ROWS }, { signal }),
    { isEnabled: dataset !== undefined, keepsLast: true },
  )
  if (dataset === undefined) return <EmptyState title={t('policy.choose')} hint={t('policy.chooseHint')} />
  if (shown.state === 'loading') return <Skeleton rows={6} />
  if (shown.state === 'failed') return <PreviewFailure failure={shown.failure} onRetry={shown.retry} />
  const { columns, masked, before, after } = shown.data
  const methodOf = new Map(masked.map(({ column, method }) => [column, method]))
  return (
    <div
      role="region"
      className={styles['results']}
      tabIndex={0}
      aria-label={t('policy.preview')}
      data-stale={shown.isStale}
    >
      <table>
        <thead>
          <tr>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                <bdi>{name}</bdi>
                {methodOf.has(name) && <small>{t(`method.${methodOf.get(name)}`)}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {after.map((row, r) => (
            <tr key={`${r} ${JSON.stringify(before[r]?.[0])}`}>
              {columns.map(({ name }, c) => (
                <td key={name}>
                  {shownCell(row[c])}
                  {methodOf.has(name) && <del>{shownCell(before[r]?.[c])}</del>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A key that is not there is made here, without leaving the policy. */
function PreviewFailure({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { t } = useTranslation('quality')
  const make = useAct((engine, key: string) => engine.masking.makeKey({ key }), ['masking'])
  const key = 'key' in failure.detail ? failure.detail.key : undefined
  return (
    <div>
      <FailureNotice failure={failure} onRetry={onRetry} />
      {failure.code === 'mask.key_missing' && key !== undefined && (
        <BusyButton size="small" type="primary" isBusy={make.isRunning} onClick={() => void make.run(key)}>
          {t('policy.makeKey', { key })}
        </BusyButton>
      )}
      {make.failure !== undefined && <FailureNotice failure={make.failure} />}
    </div>
  )
}

function shownCell(cell: Page['rows'][number][number] | undefined): string {
  if (cell === null || cell === undefined) return 'NULL'
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

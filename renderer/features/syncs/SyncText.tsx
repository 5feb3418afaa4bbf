import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ConflictDialog } from '../../app/conflict/ConflictDialog.tsx'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useTabKeys } from '../../app/workbench/use-tab-keys.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import styles from './Syncs.module.css'
import { type OpenedSync, type SyncPlace, useSyncText } from './use-sync-text.ts'

const TYPING_MS = 300

/** The file of a sync as text. */
export function SyncText({ place, opened }: { readonly place: SyncPlace; readonly opened: OpenedSync }) {
  const { t } = useTranslation('syncs')
  const { text, isEdited, change, save, discard, isSaving, failure, earlier, conflict, settle } = useSyncText(
    place,
    opened,
  )
  useTabKeys('mod+s', () => void save(), { inFields: true })
  const problems = useProblems(text)
  return (
    <>
      {earlier !== undefined && <DraftOffer draft={earlier} onTake={() => change(earlier.text)} />}
      <div className={styles['tools']}>
        <p className={styles['quiet']}>{t('code.hint')}</p>
        <span className={styles['grow']} />
        <BusyButton size="small" disabled={!isEdited} isBusy={false} onClick={discard}>
          {t('code.discard')}
        </BusyButton>
        <BusyButton size="small" type="primary" disabled={!isEdited} isBusy={isSaving} onClick={() => void save()}>
          {t('code.save')}
        </BusyButton>
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {conflict !== undefined && <ConflictDialog conflict={conflict} onChoose={(choice) => void settle(choice)} />}
      {problems.length > 0 && (
        <ul className={styles['problems']} aria-label={t('code.problems')}>
          {problems.map(({ line, message }) => (
            <li key={`${line} ${message}`}>{t('code.problem', { line, message })}</li>
          ))}
        </ul>
      )}
      <div className={styles['code']}>
        <CodeEditor
          value={text}
          label={t('code.label', { name: place.sync })}
          language="yaml"
          problems={problems}
          onChange={change}
        />
      </div>
    </>
  )
}

function useProblems(text: string) {
  const settled = useSettled(text, TYPING_MS)
  const parsed = useAnswer(
    ['syncs', 'parse', settled],
    (engine, signal) => engine.syncs.parse({ text: settled }, { signal }),
    { keepsLast: true },
  )
  const found = parsed.state === 'ready' && !parsed.isStale ? parsed.data.problems : undefined
  return useMemo(
    () =>
      (found ?? []).map(({ line, column, message }) => {
        return { line, column, endLine: line, endColumn: column, message, severity: 'error' as const }
      }),
    [found],
  )
}

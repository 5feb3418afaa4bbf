import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagnosisStage } from '../../../engine/contract/diagnosis.ts'
import { useEvents } from '../../app/rpc/use-events.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import styles from './Connections.module.css'
import type { ConnectionDraft } from './connection-draft.ts'
import { DiagnosisList } from './DiagnosisList.tsx'
import { shownStages, verdict } from './diagnosis.ts'

interface DiagnosisSectionProps {
  readonly draft: ConnectionDraft
  readonly environment: string | undefined
}

const NOTHING: readonly DiagnosisStage[] = []

/** The self-test of what is in the form, stage by stage as it goes; it can be stopped. */
export function DiagnosisSection({ draft, environment }: DiagnosisSectionProps) {
  const { t } = useTranslation('connections')
  const [asked, setAsked] = useState<{ readonly number: number; readonly draft: ConnectionDraft }>()
  const [number, setNumber] = useState(0)
  const { value, phase, failure } = useEvents<DiagnosisStage, readonly DiagnosisStage[]>({
    key: asked === undefined ? undefined : String(asked.number),
    initial: NOTHING,
    reduce: (stages, stage) => [...stages, stage],
    open: (engine, signal) => {
      const { name, document, secrets } = asked?.draft ?? draft
      const chosen = environment === undefined ? {} : { environment }
      return engine.connections.diagnose(
        { connection: name, draft: { document, secrets: { ...secrets } }, ...chosen },
        { signal },
      )
    },
  })
  const isOver = phase !== 'open'
  const result = asked === undefined ? undefined : verdict(value, isOver)
  const test = (): void => {
    setNumber(number + 1)
    setAsked({ number: number + 1, draft })
  }
  return (
    <section aria-label={t('diagnosis.title')}>
      <div className={styles['actions']}>
        <Button onClick={test}>{t(asked === undefined ? 'diagnosis.go' : 'diagnosis.again')}</Button>
        {asked !== undefined && !isOver && <Button onClick={() => setAsked(undefined)}>{t('diagnosis.stop')}</Button>}
      </div>
      {asked !== undefined && failure === undefined && <DiagnosisList stages={shownStages(value, isOver)} />}
      {failure !== undefined && <FailureNotice failure={failure} onRetry={test} />}
      {result !== undefined && failure === undefined && <p role="status">{t(`diagnosis.${result}`)}</p>}
    </section>
  )
}

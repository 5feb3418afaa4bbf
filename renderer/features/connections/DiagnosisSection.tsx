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
  readonly name: string
  /** As the environment that is shown has it. */
  readonly form: TestedForm
  /** Whose values they are; those of everywhere when undefined. */
  readonly environment: string | undefined
}

type TestedForm = Pick<ConnectionDraft, 'document' | 'secrets'>

const NOTHING: readonly DiagnosisStage[] = []

/** The self-test of what is in the form, stage by stage as it goes; it can be stopped. */
export function DiagnosisSection({ name, form, environment }: DiagnosisSectionProps) {
  const { t } = useTranslation('connections')
  const [asked, setAsked] = useState<{ readonly number: number; readonly form: TestedForm }>()
  const [number, setNumber] = useState(0)
  const { value, phase, failure } = useEvents<DiagnosisStage, readonly DiagnosisStage[]>({
    key: asked === undefined ? undefined : String(asked.number),
    initial: NOTHING,
    reduce: (stages, stage) => [...stages, stage],
    open: (engine, signal) => {
      const { document, secrets } = asked?.form ?? form
      return engine.connections.diagnose({ connection: name, draft: { document, secrets: { ...secrets } } }, { signal })
    },
  })
  const isOver = phase !== 'open'
  const result = asked === undefined ? undefined : verdict(value, isOver)
  const test = (): void => {
    setNumber(number + 1)
    setAsked({ number: number + 1, form })
  }
  return (
    <section aria-label={t('diagnosis.title')}>
      <div className={styles['actions']}>
        <Button onClick={test}>{t(asked === undefined ? 'diagnosis.go' : 'diagnosis.again')}</Button>
        {asked !== undefined && !isOver && <Button onClick={() => setAsked(undefined)}>{t('diagnosis.stop')}</Button>}
        {environment !== undefined && <span>{t('diagnosis.in', { environment })}</span>}
      </div>
      {asked !== undefined && failure === undefined && <DiagnosisList stages={shownStages(value, isOver)} />}
      {failure !== undefined && <FailureNotice failure={failure} onRetry={test} />}
      {result !== undefined && failure === undefined && <p role="status">{t(`diagnosis.${result}`)}</p>}
    </section>
  )
}

import { ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { tagOf } from '../../app/i18n/i18n.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { withoutStep, withSchedule, withStep, withStepUp } from './edit-job.ts'
import styles from './Jobs.module.css'
import { timesInZone } from './times-in-zone.ts'

interface JobFormProps {
  readonly document: JobFile
  readonly onChange: (document: JobFile) => void
}

/** Steps in their order, and the schedule with the times that follow from it. Everything else is in the text. */
export function JobForm({ document, onChange }: JobFormProps) {
  return (
    <>
      <Steps document={document} onChange={onChange} />
      <Schedule document={document} onChange={onChange} />
    </>
  )
}

function Steps({ document, onChange }: JobFormProps) {
  const { t } = useTranslation('jobs')
  const pipelines = useAnswer(['pipelines', 'list'], (engine, signal) => engine.pipelines.list(undefined, { signal }))
  const names = pipelines.state === 'ready' ? pipelines.data.map(({ name }) => name) : []
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('steps')}</h2>
      <ol className={styles['steps']}>
        {document.steps.map(({ pipeline }, index) => (
          // Steps have no identity but their place.
          <li key={index}>
            <bdi>{pipeline}</bdi>
            <IconButton
              label={t('step.up', { pipeline })}
              icon={<ArrowUpOutlined aria-hidden />}
              isDisabled={index === 0}
              onClick={() => onChange(withStepUp(document, index))}
            />
            <IconButton
              label={t('step.remove', { pipeline })}
              icon={<DeleteOutlined aria-hidden />}
              isDisabled={document.steps.length === 1}
              onClick={() => onChange(withoutStep(document, index))}
            />
          </li>
        ))}
      </ol>
      <Select
        size="small"
        aria-label={t('step.add')}
        placeholder={t('step.add')}
        style={{ minWidth: 220 }}
        value={null}
        options={names.map((name) => ({ value: name, label: name }))}
        onChange={(name: string | null) => name !== null && onChange(withStep(document, name))}
      />
    </section>
  )
}

function Schedule({ document, onChange }: JobFormProps) {
  const { t } = useTranslation('jobs')
  const { schedule } = document
  const set = (cron: string, timeZone: string): void => onChange(withSchedule(document, cron, timeZone))
  return (
    <section aria-labelledby="schedule">
      <h2 id="schedule">{t('schedule')}</h2>
      <div className={styles['tools']}>
        <Input
          size="small"
          aria-label={t('cron')}
          placeholder={t('cronExample')}
          spellCheck={false}
          style={{ width: 220 }}
          value={schedule?.cron ?? ''}
          onChange={(event) =>
            set(event.target.value, schedule?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
          }
        />
        <Select
          size="small"
          showSearch
          aria-label={t('timeZone')}
          style={{ minWidth: 220 }}
          disabled={schedule === undefined}
          value={schedule?.timeZone ?? null}
          options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))}
          onChange={(zone: string | null) => zone !== null && set(schedule?.cron ?? '', zone)}
        />
      </div>
      {schedule === undefined ? <p>{t('noSchedule')}</p> : <NextTimes schedule={schedule} />}
    </section>
  )
}

function NextTimes({ schedule }: { readonly schedule: NonNullable<JobFile['schedule']> }) {
  const { t } = useTranslation('jobs')
  const language = usePreferences((state) => state.language)
  const times = useAnswer(
    ['schedule', schedule, language],
    async (engine, signal) => {
      const { text, nextTimes } = await engine.jobFiles.schedule(schedule, { signal })
      // Here, where the engine has found the zone to be one.
      return { text, nextTimes: timesInZone(nextTimes, schedule.timeZone, tagOf(language)) }
    },
    { keepsLast: true },
  )
  if (times.state === 'loading') return <Skeleton rows={3} />
  if (times.state === 'failed') return <FailureNotice failure={times.failure} />
  return (
    <>
      <p>{times.data.text[language]}</p>
      <ol aria-label={t('nextTimes')} className={styles['times']}>
        {times.data.nextTimes.map((time) => (
          <li key={time}>{time}</li>
        ))}
      </ol>
    </>
  )
}

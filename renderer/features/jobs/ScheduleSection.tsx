import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { tagOf } from '../../app/i18n/i18n.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Select } from '../../ui/select/Select.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { withSchedule } from './edit-job.ts'
import { Field } from './Field.tsx'
import styles from './Jobs.module.css'
import type { JobFormPart } from './job-form-part.ts'
import { timesInZone } from './times-in-zone.ts'

type Schedule = NonNullable<JobFile['schedule']>

const MISSED = ['skip', 'once', 'all'] as const satisfies readonly Schedule['missed'][]
/** The usual ones, to begin with. */
const EXAMPLES = ['*/15 * * * *', '0 * * * *', '0 2 * * *', '0 6 * * 1-5', '0 3 * * 0', '0 4 1 * *'] as const

/** When the job runs by itself, with the times that follow from it in words and dates. */
export function ScheduleSection({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const { schedule } = document
  const hereZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const setCron = (cron: string): void =>
    onChange(withSchedule(document, { cron, ...(schedule === undefined ? { timeZone: hereZone } : {}) }), 'cron')
  return (
    <section aria-labelledby="schedule">
      <h2 id="schedule">{t('schedule')}</h2>
      <Field label={t('cron')}>
        {(id) => (
          <div className={styles['together']}>
            <Input
              id={id}
              size="small"
              placeholder={t('cronExample')}
              spellCheck={false}
              value={schedule?.cron ?? ''}
              onChange={({ target }) => setCron(target.value)}
            />
            <Select
              size="small"
              aria-label={t('cron.usual')}
              placeholder={t('cron.usual')}
              style={{ minWidth: 200 }}
              value={null}
              options={EXAMPLES.map((cron) => ({ value: cron, label: t(`cron.example.${cron}`) }))}
              onChange={(cron: string | null) => cron !== null && setCron(cron)}
            />
          </div>
        )}
      </Field>
      {schedule === undefined ? (
        <p className={styles['quiet']}>{t('noSchedule')}</p>
      ) : (
        <>
          <ScheduleDetails schedule={schedule} onChange={(part) => onChange(withSchedule(document, part))} />
          <NextTimes schedule={schedule} />
        </>
      )}
    </section>
  )
}

interface ScheduleDetailsProps {
  readonly schedule: Schedule
  readonly onChange: (part: Partial<Schedule>) => void
}

function ScheduleDetails({ schedule, onChange }: ScheduleDetailsProps) {
  const { t } = useTranslation('jobs')
  return (
    <>
      <Field label={t('timeZone')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            showSearch
            style={{ minWidth: 220 }}
            value={schedule.timeZone}
            options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))}
            onChange={(timeZone) => onChange({ timeZone })}
          />
        )}
      </Field>
      <Field label={t('missed')} help={t('missed.help')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            style={{ minWidth: 220 }}
            value={schedule.missed}
            options={MISSED.map((value) => ({ value, label: t(`missed.${value}`) }))}
            onChange={(missed) => onChange({ missed })}
          />
        )}
      </Field>
    </>
  )
}

function NextTimes({ schedule }: { readonly schedule: Schedule }) {
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

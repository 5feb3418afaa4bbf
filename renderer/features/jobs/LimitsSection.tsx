import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { DurationInput } from './DurationInput.tsx'
import { withLimit } from './edit-job.ts'
import { Field } from './Field.tsx'
import type { JobFormPart } from './job-form-part.ts'

/** Whole numbers, each with its least. */
const COUNTS = [
  ['maxRejects', 0],
  ['memoryMb', 128],
  ['threads', 1],
] as const

/** Beyond what a step of the job is stopped, before anything is committed. */
export function LimitsSection({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const limits = document.limits ?? {}
  return (
    <section aria-labelledby="limits">
      <h2 id="limits">{t('limits')}</h2>
      <Field label={t('limits.maxRejectShare')} help={t('limits.maxRejectShareHelp')}>
        {(id) => (
          <InputNumber
            id={id}
            size="small"
            min={0}
            max={100}
            changeOnWheel={false}
            suffix="%"
            placeholder={t('limits.none')}
            value={limits.maxRejectShare === undefined ? null : percentOf(limits.maxRejectShare)}
            onChange={(percent) =>
              onChange(withLimit(document, 'maxRejectShare', percent === null ? undefined : percent / 100), 'share')
            }
          />
        )}
      </Field>
      {COUNTS.map(([name, least]) => (
        <Field key={name} label={t(`limits.${name}`)}>
          {(id) => (
            <InputNumber
              id={id}
              size="small"
              min={least}
              precision={0}
              changeOnWheel={false}
              placeholder={t('limits.none')}
              value={limits[name] ?? null}
              onChange={(value) => onChange(withLimit(document, name, value ?? undefined), `limit ${name}`)}
            />
          )}
        </Field>
      ))}
      <Field label={t('limits.timeout')}>
        {(id) => (
          <DurationInput
            id={id}
            label={t('limits.timeout')}
            value={limits.timeout}
            usualUnit="m"
            onChange={(timeout) => onChange(withLimit(document, 'timeout', timeout), 'timeout')}
          />
        )}
      </Field>
    </section>
  )
}

/** 0.07 is 7, not 7.000000000000001. */
function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12))
}

import { InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { durationMs, retrySchema } from '../../../engine/contract/job-file.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { DurationInput } from './DurationInput.tsx'
import { withSetting } from './edit-job.ts'
import { Field } from './Field.tsx'
import type { JobFormPart } from './job-form-part.ts'

const USUAL = retrySchema.parse({})

/** How often a step is tried again after a failure that may pass. */
export function RetrySection({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const { duration } = useFormats()
  const usual = {
    attempts: USUAL.attempts,
    delay: duration(durationMs(USUAL.delay)),
    maxDelay: duration(durationMs(USUAL.maxDelay)),
  }
  return (
    <section aria-labelledby="retry">
      <h2 id="retry">{t('retry')}</h2>
      <Field label={t('retry.own')} help={t('retry.usual', usual)}>
        {(id) => (
          <Switch
            id={id}
            size="small"
            checked={document.retry !== undefined}
            onChange={(isOwn) => onChange(withSetting(document, 'retry', isOwn ? USUAL : undefined))}
          />
        )}
      </Field>
      {document.retry !== undefined && <RetryDetails document={document} onChange={onChange} />}
    </section>
  )
}

function RetryDetails({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const retry = document.retry ?? USUAL
  const set = (part: Partial<typeof USUAL>, field: string): void =>
    onChange(withSetting(document, 'retry', { ...retry, ...part }), `retry ${field}`)
  return (
    <>
      <Field label={t('retry.attempts')}>
        {(id) => (
          <InputNumber
            id={id}
            size="small"
            min={1}
            max={100}
            precision={0}
            changeOnWheel={false}
            value={retry.attempts}
            onChange={(attempts) => set({ attempts: attempts ?? USUAL.attempts }, 'attempts')}
          />
        )}
      </Field>
      <Field label={t('retry.delay')} help={t('retry.delayHelp')}>
        {(id) => (
          <DurationInput
            id={id}
            label={t('retry.delay')}
            value={retry.delay}
            usualUnit="s"
            onChange={(delay) => set({ delay: delay ?? USUAL.delay }, 'delay')}
          />
        )}
      </Field>
      <Field label={t('retry.maxDelay')}>
        {(id) => (
          <DurationInput
            id={id}
            label={t('retry.maxDelay')}
            value={retry.maxDelay}
            usualUnit="m"
            onChange={(maxDelay) => set({ maxDelay: maxDelay ?? USUAL.maxDelay }, 'maxDelay')}
          />
        )}
      </Field>
    </>
  )
}

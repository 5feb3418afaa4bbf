import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { DurationInput } from './DurationInput.tsx'
import { withWatch } from './edit-job.ts'
import { Field } from './Field.tsx'
import type { JobFormPart } from './job-form-part.ts'

const TEXTS = ['marker', 'archive', 'errors'] as const
const DURATIONS = ['settled', 'every'] as const

/** Which files the job runs for as they come, when they are complete, and where they go afterwards. */
export function WatchSection({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  const { watch } = document
  return (
    <section aria-labelledby="watch">
      <h2 id="watch">{t('watch')}</h2>
      <Field label={t('watch.dataset')} help={t('watch.dataset.help')}>
        {(id) => (
          <TextInput
            id={id}
            size="small"
            spellCheck={false}
            placeholder={t('watch.dataset.example')}
            value={watch?.dataset ?? ''}
            onText={(dataset) => onChange(withWatch(document, { dataset }), 'watch.dataset')}
          />
        )}
      </Field>
      {watch !== undefined &&
        DURATIONS.map((name) => (
          <Field key={name} label={t(`watch.${name}`)} help={t(`watch.${name}.help`)}>
            {(id) => (
              <DurationInput
                id={id}
                label={t(`watch.${name}`)}
                value={watch[name]}
                usualUnit="s"
                onChange={(value) => onChange(withWatch(document, { [name]: value ?? '0s' }), `watch.${name}`)}
              />
            )}
          </Field>
        ))}
      {watch !== undefined &&
        TEXTS.map((name) => (
          <Field key={name} label={t(`watch.${name}`)} help={t(`watch.${name}.help`)}>
            {(id) => (
              <TextInput
                id={id}
                size="small"
                spellCheck={false}
                value={watch[name] ?? ''}
                onText={(text) => onChange(withWatch(document, { [name]: text }), `watch.${name}`)}
              />
            )}
          </Field>
        ))}
    </section>
  )
}

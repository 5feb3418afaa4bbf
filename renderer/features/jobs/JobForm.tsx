import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { withSetting } from './edit-job.ts'
import { Field } from './Field.tsx'
import type { JobFormPart } from './job-form-part.ts'
import { LimitsSection } from './LimitsSection.tsx'
import { RetrySection } from './RetrySection.tsx'
import { ScheduleSection } from './ScheduleSection.tsx'
import { StepsSection } from './StepsSection.tsx'
import { TriggerSection } from './TriggerSection.tsx'
import { WatchSection } from './WatchSection.tsx'

/** All that a job file can hold. */
export function JobForm(part: JobFormPart & { readonly name: string }) {
  const { t } = useTranslation('jobs')
  const { document, onChange } = part
  return (
    <div>
      <Field label={t('description')}>
        {(id) => (
          <TextInput
            id={id}
            size="small"
            value={document.description ?? ''}
            onText={(text) => onChange(withSetting(document, 'description', text), 'description')}
          />
        )}
      </Field>
      <StepsSection {...part} />
      <ScheduleSection {...part} />
      <WatchSection {...part} />
      <TriggerSection {...part} />
      <RetrySection {...part} />
      <LimitsSection {...part} />
    </div>
  )
}

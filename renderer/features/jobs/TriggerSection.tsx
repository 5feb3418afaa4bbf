import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { Select } from '../../ui/select/Select.tsx'
import { withSetting } from './edit-job.ts'
import { Field } from './Field.tsx'
import type { JobFormPart } from './job-form-part.ts'

const OVERLAPS = ['skip', 'queue', 'allow'] as const satisfies readonly JobFile['overlap'][]

/** What else starts the job, with which settings of connections, and beside which others. */
export function TriggerSection({ name, document, onChange }: JobFormPart & { readonly name: string }) {
  const { t } = useTranslation('jobs')
  const opened = useAnswer(['workspace', 'open'], (engine, signal) => engine.workspace.open(undefined, { signal }))
  const { jobs, environments } = opened.state === 'ready' ? opened.data : { jobs: [], environments: [] }
  return (
    <section aria-labelledby="trigger">
      <h2 id="trigger">{t('trigger')}</h2>
      <Field label={t('after')} help={t('after.help')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            mode="multiple"
            allowClear
            style={{ minWidth: 220 }}
            value={document.after ?? []}
            options={jobs.filter((job) => job !== name).map((job) => ({ value: job, label: job }))}
            onChange={(after: string[]) => onChange(withSetting(document, 'after', after))}
          />
        )}
      </Field>
      <Field label={t('environment')} help={t('environment.help')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            allowClear
            placeholder={t('environment.usual')}
            style={{ minWidth: 220 }}
            value={document.environment ?? null}
            options={environments.map((one) => ({ value: one, label: one }))}
            onChange={(one: string | null | undefined) =>
              onChange(withSetting(document, 'environment', one ?? undefined))
            }
          />
        )}
      </Field>
      <QueueFields document={document} onChange={onChange} />
    </section>
  )
}

/** Its place among other runs. */
function QueueFields({ document, onChange }: JobFormPart) {
  const { t } = useTranslation('jobs')
  return (
    <>
      <Field label={t('overlap')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            style={{ minWidth: 220 }}
            value={document.overlap}
            options={OVERLAPS.map((value) => ({ value, label: t(`overlap.${value}`) }))}
            onChange={(overlap) => onChange(withSetting(document, 'overlap', overlap))}
          />
        )}
      </Field>
      <Field label={t('priority')} help={t('priority.help')}>
        {(id) => (
          <InputNumber
            id={id}
            size="small"
            precision={0}
            changeOnWheel={false}
            value={document.priority}
            onChange={(priority) => onChange(withSetting(document, 'priority', priority ?? 0), 'priority')}
          />
        )}
      </Field>
    </>
  )
}

import { useTranslation } from 'react-i18next'
import type { TraceStep } from '../../../../engine/contract/biography.ts'
import { useTold } from '../../../app/i18n/use-told.ts'
import { cellLine } from '../../../ui/grid/cell-text.ts'
import styles from './Preview.module.css'
import { reasonText } from './reason-text.ts'

/** Every node that a row passed, with what became of it there. */
export function TraceSteps({ steps }: { readonly steps: readonly TraceStep[] }) {
  const { t } = useTranslation('pipelines')
  return (
    <ol className={styles['steps']} aria-label={t('trace.steps')}>
      {steps.map((step) => (
        <StepLine key={`${step.node} ${step.output ?? ''}`} step={step} />
      ))}
    </ol>
  )
}

function StepLine({ step }: { readonly step: TraceStep }) {
  const { t } = useTranslation('pipelines')
  const told = useTold()
  const { node, outcome, reason, locator, after, changed } = step
  const values = after?.rows[0] ?? step.before[0]?.rows[0]
  const columns = after?.columns ?? step.before[0]?.columns ?? []
  return (
    <li data-outcome={outcome}>
      <div>
        <strong>
          <bdi>{node}</bdi>
        </strong>{' '}
        {t(`outcome.${outcome}`)}
        {locator !== undefined && <code>{locator}</code>}
        {reason !== undefined && <p>{reasonText(reason, (key, parts) => t(key, { ...parts }), told)}</p>}
      </div>
      {values !== undefined && (
        <dl>
          {columns.map((name, index) => (
            <div key={name} data-changed={changed.includes(name)}>
              <dt>{name}</dt>
              <dd>
                <bdi>{values[index] === null ? 'NULL' : cellLine(values[index]).slice(0, 120)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

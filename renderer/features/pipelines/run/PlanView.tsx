import { Collapse } from 'antd'
import { useTranslation } from 'react-i18next'
import type { TargetPlan } from '../../../../engine/contract/api/plan.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { type WriteMode, writeModeSchema } from '../../../../engine/contract/write-mode.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useOpening } from '../../../app/rpc/use-opening.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../../ui/settled/use-settled.ts'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from './Run.module.css'
import { type RunWish, valuesOf } from './run-wish.ts'

interface PlanViewProps {
  readonly pipeline: string
  readonly document: PipelineFile
  readonly wish: RunWish
  /** Whether every parameter has a value. */
  readonly isComplete: boolean
}

const TYPING_MS = 300

/** What the run would do to each target. Nothing is changed by asking. */
export function PlanView({ pipeline, document, wish, isComplete }: PlanViewProps) {
  const { t } = useTranslation('pipelines')
  const parameters = useSettled(wish.parameters, TYPING_MS)
  const asked = askedOf({ pipeline, document, wish: { ...wish, parameters } })
  // What was there before an earlier run is not what is there now.
  const { opening } = useOpening()
  const plan = useAnswer(
    ['opening', opening, 'plan', asked],
    (engine, signal) => engine.pipelines.plan(asked, { signal }),
    {
      isEnabled: isComplete,
      keepsLast: true,
    },
  )
  return (
    <section className={styles['plan']} aria-label={t('run.plan')}>
      <h3>{t('run.plan')}</h3>
      {!isComplete ? (
        <p>{t('run.incomplete')}</p>
      ) : plan.state === 'loading' ? (
        <Skeleton rows={3} />
      ) : plan.state === 'failed' ? (
        <FailureNotice failure={plan.failure} onRetry={plan.retry} />
      ) : plan.data.length === 0 ? (
        <p>{t('run.noTarget')}</p>
      ) : (
        plan.data.map((target) => <TargetLine key={target.node} target={target} asked={asked} />)
      )}
    </section>
  )
}

type Asked = ReturnType<typeof askedOf>

function askedOf({ pipeline, document, wish }: Pick<PlanViewProps, 'pipeline' | 'document' | 'wish'>) {
  return {
    pipeline,
    draft: { document },
    parameters: valuesOf(document.parameters ?? {}, wish.parameters),
    ...(wish.environment === undefined ? {} : { environment: wish.environment }),
  }
}

function TargetLine({ target, asked }: { readonly target: TargetPlan; readonly asked: Asked }) {
  const { t } = useTranslation('pipelines')
  const { node, dataset, exists, statements, mappings, warnings } = target
  const mode = writeModeSchema.catch('append').parse(asked.draft.document.nodes[node]?.['mode'])
  const losses = mappings.filter(({ fidelity }) => fidelity.kind !== 'exact')
  return (
    <article className={styles['target']} data-mode={mode}>
      <h4>
        <bdi>{dataset}</bdi>
      </h4>
      <p>{exists ? t(`run.mode.${mode}`) : t('run.created')}</p>
      <Amount node={node} mode={mode} asked={asked} />
      {warnings.map((warning) => (
        <p key={warning} data-warning>
          {warning}
        </p>
      ))}
      {losses.length > 0 && (
        <ul aria-label={t('run.losses')}>
          {losses.map(({ column, from, to, fidelity }) => (
            <li key={column}>
              <bdi>{column}</bdi>: {from} → {to}
              {fidelity.kind !== 'exact' && ` · ${fidelity.reason}`}
            </li>
          ))}
        </ul>
      )}
      {statements.length > 0 && (
        <Collapse
          size="small"
          ghost
          items={[
            {
              key: 'ddl',
              label: t('run.statements', { count: statements.length }),
              children: <pre className={styles['ddl']}>{statements.join(';\n')}</pre>,
            },
          ]}
        />
      )}
    </article>
  )
}

interface AmountProps {
  readonly node: string
  readonly mode: WriteMode
  readonly asked: Asked
}

/** How many rows would be written and how many refused, as far as the preview can tell. */
function Amount({ node, mode, asked }: AmountProps) {
  const { t } = useTranslation('pipelines')
  const { number } = useFormats()
  const found = useAnswer(['preview', 'amount', node, asked], (engine, signal) =>
    engine.pipelines.preview({ ...asked, output: node, limitRows: 1_000 }, { signal }),
  )
  if (found.state === 'loading') return <p className={styles['quiet']}>{t('run.counting')}</p>
  if (found.state === 'failed') return <FailureNotice failure={found.failure} />
  const { rowCount, rejects } = found.data
  return (
    <p className={styles['quiet']}>
      {rowCount === undefined
        ? t('run.rowsUnknown')
        : t(mode === 'delete' ? 'run.keys' : 'run.rows', { rows: number(rowCount) })}
      {rejects.length > 0 && ` · ${t('run.rejects', { count: rejects.length })}`}
    </p>
  )
}

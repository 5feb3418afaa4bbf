import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Home.module.css'
import { type NextStep, nextSteps } from './next-steps.ts'
import { ProblemList } from './ProblemList.tsx'
import { RecentRuns } from './RecentRuns.tsx'
import { StartPage } from './StartPage.tsx'
import { Tour } from './Tour.tsx'
import { useWorkspaceFacts } from './use-workspace-facts.ts'

interface WorkspaceOverviewProps {
  readonly name: string
  readonly proposed: string
}

/** What ran, what failed, what to do next. */
export function WorkspaceOverview({ name, proposed }: WorkspaceOverviewProps) {
  const { t } = useTranslation('home')
  return (
    <>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <NextStepsSection />
      <RecentRuns />
      <ProblemSection />
      <details className={styles['other']}>
        <summary>{t('other')}</summary>
        <StartPage proposed={proposed} />
      </details>
      <Tour />
    </>
  )
}

function NextStepsSection() {
  const { t } = useTranslation('home')
  const facts = useWorkspaceFacts()
  if (facts.state === 'loading') return <Skeleton rows={2} />
  if (facts.state === 'failed') return <FailureNotice failure={facts.failure} onRetry={facts.retry} />
  const steps = nextSteps(facts.data)
  const counts = ['connections', 'pipelines', 'jobs', 'servers'] as const
  return (
    <>
      <p className={styles['lead']}>
        {counts.map((what) => t(`count.${what}`, { count: facts.data[what] })).join(' · ')}
      </p>
      {steps.length > 0 && (
        <section aria-labelledby="next-title">
          <h2 id="next-title">{t('next.title')}</h2>
          <ul className={styles['list']}>
            {steps.map((step) => (
              <StepLine key={step.id} step={step} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function StepLine({ step }: { readonly step: NextStep }) {
  const { t } = useTranslation('home')
  const { openTab, showActivity } = useWorkbench()
  const go = (): void => {
    if (step.tab !== undefined) openTab(step.tab)
    else if (step.activity !== undefined) showActivity(step.activity)
  }
  return (
    <li className={styles['line']}>
      <span>{t(`next.${step.id}`)}</span>
      <Button type="link" onClick={go}>
        {t(`next.${step.id}.go`)}
      </Button>
    </li>
  )
}

function ProblemSection() {
  const opened = useAnswer(['workspace', 'check'], (engine, signal) => engine.workspace.check(undefined, { signal }))
  if (opened.state !== 'ready' || opened.data.problems.length === 0) return null
  return <ProblemList problems={opened.data.problems} />
}

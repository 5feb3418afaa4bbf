import type { TabRequest } from '../../app/workbench/tab.ts'

export interface WorkspaceFacts {
  readonly connections: number
  readonly pipelines: number
  readonly jobs: number
  readonly runs: number
  readonly failedRuns: number
  readonly servers: number
  readonly problems: number
}

export interface NextStep {
  /** The last part of its text key, `home:next.<id>`. */
  readonly id: 'problems' | 'failed' | 'connect' | 'pipeline' | 'run' | 'job' | 'server'
  /** What opens it: an activity or a document. */
  readonly activity?: string
  readonly tab?: TabRequest
}

/** What a person would do next, most pressing first; at most three. */
export function nextSteps(facts: WorkspaceFacts): NextStep[] {
  const steps: (NextStep | false)[] = [
    facts.problems > 0 && { id: 'problems', activity: 'pipelines' },
    facts.failedRuns > 0 && { id: 'failed', activity: 'runs' },
    facts.connections === 0 && { id: 'connect', activity: 'connections' },
    facts.connections > 0 && facts.pipelines === 0 && { id: 'pipeline', activity: 'pipelines' },
    facts.pipelines > 0 && facts.runs === 0 && { id: 'run', activity: 'pipelines' },
    facts.runs > 0 && facts.jobs === 0 && { id: 'job', activity: 'jobs' },
    facts.jobs > 0 && facts.servers === 0 && { id: 'server', activity: 'servers' },
  ]
  return steps.filter((step) => step !== false).slice(0, 3)
}

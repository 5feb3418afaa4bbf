import { describe, expect, it } from 'vitest'
import { nextSteps, type WorkspaceFacts } from './next-steps.ts'

const nothing: WorkspaceFacts = {
  connections: 0,
  pipelines: 0,
  jobs: 0,
  runs: 0,
  failedRuns: 0,
  servers: 0,
  problems: 0,
}

describe('what to do next', () => {
  it.each<[string, Partial<WorkspaceFacts>, string[]]>([
    ['an empty workspace', {}, ['connect']],
    ['a connection', { connections: 1 }, ['pipeline']],
    ['a pipeline that never ran', { connections: 1, pipelines: 1 }, ['run']],
    ['a run', { connections: 1, pipelines: 1, runs: 1 }, ['job']],
    ['a job', { connections: 1, pipelines: 1, runs: 1, jobs: 1 }, ['server']],
    ['a server', { connections: 1, pipelines: 1, runs: 1, jobs: 1, servers: 1 }, []],
    [
      'failures first',
      { connections: 1, pipelines: 1, runs: 2, failedRuns: 1, problems: 3 },
      ['problems', 'failed', 'job'],
    ],
  ])('%s', (_case, facts, expected) => {
    expect(nextSteps({ ...nothing, ...facts }).map(({ id }) => id)).toEqual(expected)
  })
})

import { describe, expect, it } from 'vitest'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import { withoutStep, withSchedule, withStep, withStepUp } from './edit-job.ts'

const job: JobFile = { version: 1, steps: [{ pipeline: 'a' }, { pipeline: 'b' }], overlap: 'skip', priority: 0 }
const steps = (changed: JobFile): string => changed.steps.map(({ pipeline }) => pipeline).join(' ')

describe('editing a job', () => {
  it.each([
    ['a step more', withStep(job, 'c'), 'a b c'],
    ['a step less', withoutStep(job, 0), 'b'],
    ['the last step stays', withoutStep(withoutStep(job, 0), 0), 'b'],
    ['a step up', withStepUp(job, 1), 'b a'],
    ['the first cannot go up', withStepUp(job, 0), 'a b'],
    ['one that is not there', withStepUp(job, 9), 'a b'],
  ])('%s', (_case, changed, expected) => {
    expect(steps(changed)).toBe(expected)
  })

  it('sets a schedule, keeps what else it says, and takes it away', () => {
    const missed = { ...job, schedule: { cron: '0 1 * * *', timeZone: 'UTC', missed: 'skip' as const } }
    expect(withSchedule(missed, '0 2 * * *', 'Asia/Shanghai').schedule).toEqual({
      cron: '0 2 * * *',
      timeZone: 'Asia/Shanghai',
      missed: 'skip',
    })
    expect(withSchedule(missed, ' ', 'UTC')).not.toHaveProperty('schedule')
  })
})

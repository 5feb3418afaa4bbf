import { describe, expect, it } from 'vitest'
import { type JobFile, stepTitle } from '../../../engine/contract/job-file.ts'
import {
  parameterValue,
  withCheck,
  withLimit,
  withOnFailure,
  withoutStep,
  withParameter,
  withSchedule,
  withSetting,
  withStep,
  withStepMoved,
} from './edit-job.ts'

const job: JobFile = { version: 1, steps: [{ pipeline: 'a' }, { pipeline: 'b' }], overlap: 'skip', priority: 0 }
const steps = (changed: JobFile): string => changed.steps.map(stepTitle).join(' ')

describe('editing a job', () => {
  it.each([
    ['a step more', withStep(job, 'c'), 'a b c'],
    ['a check more', withCheck(job, 'c'), 'a b check c'],
    ['a step less', withoutStep(job, 0), 'b'],
    ['the last step stays', withoutStep(withoutStep(job, 0), 0), 'b'],
    ['a step up', withStepMoved(job, 1, -1), 'b a'],
    ['a step down', withStepMoved(job, 0, 1), 'b a'],
    ['the first cannot go up', withStepMoved(job, 0, -1), 'a b'],
    ['the last cannot go down', withStepMoved(job, 1, 1), 'a b'],
    ['one that is not there', withStepMoved(job, 9, -1), 'a b'],
  ])('%s', (_case, changed, expected) => {
    expect(steps(changed)).toBe(expected)
  })

  it('sets a schedule, keeps what else it says, and takes it away', () => {
    const missed = { ...job, schedule: { cron: '0 1 * * *', timeZone: 'UTC', missed: 'skip' as const } }
    expect(withSchedule(missed, { cron: '0 2 * * *', timeZone: 'Asia/Shanghai' }).schedule).toEqual({
      cron: '0 2 * * *',
      timeZone: 'Asia/Shanghai',
      missed: 'skip',
    })
    expect(withSchedule(missed, { cron: ' ' })).not.toHaveProperty('schedule')
  })

  it('sets parameters of one step, and takes them away', () => {
    const set = withParameter(job, 1, 'since', '2026-01-01')
    expect(set.steps).toEqual([{ pipeline: 'a' }, { pipeline: 'b', parameters: { since: '2026-01-01' } }])
    expect(withParameter(set, 1, 'since', undefined).steps).toEqual(job.steps)
    expect(withParameter(set, 1, 'paid', null).steps[1]?.parameters).toEqual({ since: '2026-01-01', paid: null })
  })

  it('says what a broken check does, of a check only', () => {
    const set = withOnFailure(withOnFailure(withCheck(job, 'c'), 2, 'quarantine'), 0, 'warn')
    expect(set.steps).toEqual([...job.steps, { check: 'c', onFailure: 'quarantine' }])
    expect(withParameter(set, 2, 'since', 'x').steps).toEqual(set.steps)
  })

  it('sets limits, and leaves none behind', () => {
    const set = withLimit(withLimit(job, 'timeout', '5m'), 'threads', 2)
    expect(set.limits).toEqual({ timeout: '5m', threads: 2 })
    expect(withLimit(withLimit(set, 'timeout', undefined), 'threads', undefined)).toEqual(job)
  })

  it.each([
    ['a text', withSetting(job, 'description', ''), 'description'],
    ['a list', withSetting(job, 'after', []), 'after'],
    ['nothing', withSetting(job, 'environment', undefined), 'environment'],
  ])('leaves no empty setting: %s', (_case, changed, name) => {
    expect(changed).not.toHaveProperty(name)
  })

  it.each([
    ['BIGINT', '12', 12],
    ['INTEGER', '-3', -3],
    ['BIGINT', '9007199254740993', '9007199254740993'],
    ['BIGINT', 'many', 'many'],
    ['BOOLEAN', 'TRUE', true],
    ['VARCHAR', 'true', 'true'],
    ['VARCHAR', '12', '12'],
    ['DATE', '2026-01-01', '2026-01-01'],
    ['VARCHAR', ' ', undefined],
  ])('reads %s %j', (type, text, value) => {
    expect(parameterValue(type, text)).toBe(value)
  })
})

import type { CheckStep, JobFile } from '../../../engine/contract/job-file.ts'

export type ParameterValue = string | number | boolean | null

export function withStep(job: JobFile, pipeline: string): JobFile {
  return { ...job, steps: [...job.steps, { pipeline }] }
}

export function withCheck(job: JobFile, check: string): JobFile {
  return { ...job, steps: [...job.steps, { check, onFailure: 'stop' }] }
}

export function withSync(job: JobFile, sync: string): JobFile {
  return { ...job, steps: [...job.steps, { sync }] }
}

export function withOnFailure(job: JobFile, index: number, onFailure: CheckStep['onFailure']): JobFile {
  return {
    ...job,
    steps: job.steps.map((step, at) => (at === index && 'check' in step ? { ...step, onFailure } : step)),
  }
}

/** The last step stays: a job does something. */
export function withoutStep(job: JobFile, index: number): JobFile {
  return job.steps.length === 1 ? job : { ...job, steps: job.steps.toSpliced(index, 1) }
}

/** One place up (-1) or down (1); over an end it stays where it is. */
export function withStepMoved(job: JobFile, index: number, by: -1 | 1): JobFile {
  const step = job.steps[index]
  const to = index + by
  if (step === undefined || to < 0 || to >= job.steps.length) return job
  return { ...job, steps: job.steps.toSpliced(index, 1).toSpliced(to, 0, step) }
}

/** Undefined takes the value away: the pipeline's default is used then. */
export function withParameter(job: JobFile, index: number, name: string, value: ParameterValue | undefined): JobFile {
  const steps = job.steps.map((step, place) => {
    if (place !== index || !('pipeline' in step)) return step
    const { parameters = {}, ...others } = step
    const changed = withKey(parameters, name, value)
    return Object.keys(changed).length === 0 ? others : { ...others, parameters: changed }
  })
  return { ...job, steps }
}

/** An emptied schedule is none: the job then runs when it is started. */
export function withSchedule(job: JobFile, part: Partial<NonNullable<JobFile['schedule']>>): JobFile {
  const { schedule, ...others } = job
  const next = { cron: '', timeZone: 'UTC', missed: 'once' as const, ...schedule, ...part }
  return next.cron.trim() === '' ? others : { ...job, schedule: next }
}

/** Without a dataset there are no files to wait for; an empty text takes its setting away. */
export function withWatch(job: JobFile, part: Partial<NonNullable<JobFile['watch']>>): JobFile {
  const { watch, ...others } = job
  const next: NonNullable<JobFile['watch']> = { dataset: '', every: '5s', settled: '10s', ...watch, ...part }
  if (next.dataset.trim() === '') return others
  for (const name of ['marker', 'archive', 'errors'] as const) if (next[name] === '') delete next[name]
  return { ...job, watch: next }
}

type Optional = 'description' | 'environment' | 'after' | 'retry' | 'limits' | 'overlap' | 'priority'

/** Undefined, an empty text, an empty list and an object without anything take the setting away. */
export function withSetting<Name extends Optional>(
  job: JobFile,
  name: Name,
  value: JobFile[Name] | undefined,
): JobFile {
  return withKey(job, name, isNothing(value) ? undefined : value)
}

export function withLimit<Name extends keyof NonNullable<JobFile['limits']>>(
  job: JobFile,
  name: Name,
  value: NonNullable<JobFile['limits']>[Name] | undefined,
): JobFile {
  return withSetting(job, 'limits', withKey(job.limits ?? {}, name, value))
}

function withKey<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  name: Name,
  value: Whole[Name] | undefined,
): Whole {
  const copy = { ...whole }
  if (value === undefined) delete copy[name]
  else copy[name] = value
  return copy
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === '') return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

const WHOLE = /^(U?(TINY|SMALL|BIG|HUGE)?INT|INTEGER|UINTEGER|BIGINT)$/i

/** What is typed for a parameter as its type has it; whole numbers beyond what JSON keeps exactly, and all others, stay text. */
export function parameterValue(type: string, text: string): ParameterValue | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  if (/^BOOL/i.test(type) && /^(true|false)$/i.test(typed)) return typed.toLowerCase() === 'true'
  if (WHOLE.test(type) && /^-?\d+$/.test(typed) && Number.isSafeInteger(Number(typed))) return Number(typed)
  return text
}

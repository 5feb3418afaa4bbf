import type { JobFile } from '../../../engine/contract/job-file.ts'

export function withStep(job: JobFile, pipeline: string): JobFile {
  return { ...job, steps: [...job.steps, { pipeline }] }
}

/** The last step stays: a job does something. */
export function withoutStep(job: JobFile, index: number): JobFile {
  return job.steps.length === 1 ? job : { ...job, steps: job.steps.toSpliced(index, 1) }
}

export function withStepUp(job: JobFile, index: number): JobFile {
  const step = job.steps[index]
  return step === undefined || index === 0
    ? job
    : { ...job, steps: job.steps.toSpliced(index, 1).toSpliced(index - 1, 0, step) }
}

/** An emptied schedule is none: the job then runs when it is started. */
export function withSchedule(job: JobFile, cron: string, timeZone: string): JobFile {
  const { schedule, ...others } = job
  return cron.trim() === '' ? others : { ...job, schedule: { missed: 'once', ...schedule, cron, timeZone } }
}

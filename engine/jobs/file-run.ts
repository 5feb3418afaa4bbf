import { z } from 'zod'
import { parseDatasetRef } from '../contract/dataset.ts'
import type { JobRun } from '../store/job-runs.ts'

const requestSchema = z.object({ dataset: z.string(), name: z.string() })

/** What a run by file is queued with: the dataset that the job watches, and the file of it that came. */
export function printFileRequest(dataset: string, name: string): string {
  return JSON.stringify({ dataset, name } satisfies z.infer<typeof requestSchema>)
}

/** The file that a run is for; undefined for all other runs. */
export function fileOfRun({ cause, request }: JobRun): string | undefined {
  return cause === 'file' ? requestSchema.parse(JSON.parse(request ?? '')).name : undefined
}

/** Which datasets the pipelines of a run find another one in place of. */
export function datasetsOfRun({ cause, request }: JobRun): Readonly<Record<string, string>> {
  if (cause !== 'file') return {}
  const { dataset, name } = requestSchema.parse(JSON.parse(request ?? ''))
  return { [dataset]: `${parseDatasetRef(dataset).connection}:${name}` }
}

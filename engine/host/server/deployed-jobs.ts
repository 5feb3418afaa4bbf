import { Failure } from '../../contract/failure.ts'
import type { JobFile } from '../../contract/job-file.ts'
import type { Deployment } from '../../store/deployments.ts'
import { loadWorkspace } from '../../workspace/load.ts'

/** Reads the job of a deployment; a deployment never changes, so each is read once. */
export function deployedJobs(): (deployment: Deployment) => Promise<JobFile> {
  const known = new Map<string, Promise<JobFile>>()
  return (deployment) => {
    const reading = known.get(deployment.id) ?? readJob(deployment)
    known.set(deployment.id, reading)
    // A folder that could not be read may be there again the next time.
    reading.catch(() => known.delete(deployment.id))
    return reading
  }
}

async function readJob({ directory, job }: Deployment): Promise<JobFile> {
  const workspace = await loadWorkspace(directory)
  const file = workspace.jobs.get(job)
  if (file === undefined) throw new Failure('job.unknown', { job })
  return file
}

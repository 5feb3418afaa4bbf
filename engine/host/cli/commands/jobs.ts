import type { CommandCall } from '../command.ts'
import { printTable } from '../table.ts'

const COLUMNS = ['job', 'version', 'schedule', 'next', 'last'].map((name) => ({ name, type: 'VARCHAR' }))

export async function run({ output, engine, signal, language }: CommandCall): Promise<void> {
  const jobs = await (await engine()).jobs.list(undefined, { signal })
  const rows = jobs.map(({ job, deployment, schedule, nextTimes, lastRun, watch }) => [
    job,
    deployment.digest.slice(0, 12),
    [schedule?.text[language], watch?.dataset].filter((part) => part !== undefined).join(', '),
    nextTimes[0] ?? '',
    lastRun === undefined ? '' : `${lastRun.state} ${lastRun.finishedAt ?? lastRun.queuedAt}`,
  ])
  await output.document({ jobs }, () => (jobs.length === 0 ? output.say('noJobs') : printTable(COLUMNS, rows, output)))
}

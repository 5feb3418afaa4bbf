import { readFile, rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { implement } from '@orpc/server'
import { jobFilesProcedures } from '../../contract/api/job-files.ts'
import { Failure } from '../../contract/failure.ts'
import { type JobFile, jobFileSchema } from '../../contract/job-file.ts'
import { describeSchedule, nextTimes } from '../../jobs/schedule.ts'
import { pathExists } from '../../os/path-exists.ts'
import { fileOf } from '../../workspace/layout.ts'
import { parseFile } from '../../workspace/parse-file.ts'
import { digestOf, saveFile } from '../../workspace/save.ts'
import { editYaml, printYaml } from '../../workspace/write-yaml.ts'
import { pathInWorkspace } from './authoring/workspace-path.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { openWorkspace } from './open-workspace.ts'

const NEXT_TIMES = 10

const area = implement(jobFilesProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const jobFilesRouter = {
  list: area.list.handler(async ({ context }) => {
    const { jobs } = await openWorkspace(context)
    return [...jobs].map(([name, document]) => ({ name, document })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }),
  get: area.get.handler(async ({ input: { job }, context }) => {
    const { directory, jobs } = await openWorkspace(context)
    const text = await readFile(await pathInWorkspace(directory, fileOf('jobs', job)), 'utf8').catch(() => {
      throw new Failure('job.unknown', { job })
    })
    const document = jobs.get(job)
    return { text, digest: digestOf(text), ...(document === undefined ? {} : { document }) }
  }),
  save: area.save.handler(async ({ input: { job, content, expectedDigest }, context }) => {
    const { directory } = await openWorkspace(context)
    const file = fileOf('jobs', job)
    // A new job must not take the place of one that somebody else made meanwhile.
    if (expectedDigest === undefined && (await pathExists(await pathInWorkspace(directory, file)))) {
      throw new Failure('workspace.file_changed', { file })
    }
    const request = { directory, folder: 'jobs' as const, name: job, content }
    return saveFile(expectedDigest === undefined ? request : { ...request, expectedDigest })
  }),
  parse: area.parse.handler(({ input: { text }, context: { language } }) => {
    const { value, problems } = parseFile({ file: 'job', text, schema: jobFileSchema, language })
    return { ...(value === undefined ? {} : { document: value }), problems: [...problems] }
  }),
  print: area.print.handler(({ input: { document, text } }) => ({ text: printJob(document, text) })),
  remove: area.remove.handler(async ({ input: { job }, context }) => {
    const { directory } = await openWorkspace(context)
    const path = await pathInWorkspace(directory, fileOf('jobs', job))
    const wasThere = await pathExists(path)
    await rm(path, { force: true })
    return { removed: wasThere }
  }),
  schedule: area.schedule.handler(async ({ input }) => ({
    text: { en: describeSchedule(input, 'en'), zh: describeSchedule(input, 'zh') },
    nextTimes: nextTimes(input, Date.now(), NEXT_TIMES).map((ms) => new Date(ms).toISOString()),
  })),
}

/** A document that the text says already is that text; settings that it leaves to their defaults stay out of it. */
function printJob(document: JobFile, text: string): string {
  if (text.trim() === '') return printYaml(document)
  const { value } = parseFile({ file: 'job', text, schema: jobFileSchema, language: 'en' })
  if (isDeepStrictEqual(value, document)) return text
  const unsaid = Object.entries(JOB_DEFAULTS).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(text))
  const kept = Object.entries(document).filter(
    ([key, item]) => !unsaid.some(([name, usual]) => name === key && usual === item),
  )
  return editYaml(text, Object.fromEntries(kept))
}

const JOB_DEFAULTS = { overlap: 'skip', priority: 0 } as const satisfies Partial<JobFile>

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf } from '../../contract/api/failure-of.ts'
import type { EngineClient } from '../../contract/api.ts'
import { router } from './router.ts'

let directory: string
let engine: EngineClient

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-jobs-'))
  await mkdir(join(directory, 'jobs'))
  await writeFile(join(directory, 'runnel.yaml'), 'version: 1\nname: jobs\n')
  await writeFile(join(directory, 'jobs/nightly.yaml'), '# every night\nversion: 1\nsteps: [{ pipeline: orders }]\n')
  engine = createRouterClient(router, { context: { workspaceDirectory: directory, language: 'en', variables: {} } })
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no failure',
    (error: unknown) => failureOf(error).code,
  )

describe('job files', () => {
  it('are listed, and saved with their comments', async () => {
    const { document, digest } = await engine.jobFiles.get({ job: 'nightly' })
    if (document === undefined) throw new Error('the file is a job')
    const schedule = { cron: '0 3 * * *', timeZone: 'Asia/Shanghai', missed: 'once' as const }
    await engine.jobFiles.save({
      job: 'nightly',
      content: { document: { ...document, schedule } },
      expectedDigest: digest,
    })
    expect(await readFile(join(directory, 'jobs/nightly.yaml'), 'utf8')).toContain('# every night')
    expect((await engine.jobFiles.list()).map(({ name, document: found }) => [name, found?.schedule?.cron])).toEqual([
      ['nightly', '0 3 * * *'],
    ])
  })

  it('are not overwritten when somebody else saved them', async () => {
    const text = 'version: 1\nsteps: [{ pipeline: other }]\n'
    const saved = (expectedDigest?: string) =>
      codeOf(
        engine.jobFiles.save({
          job: 'nightly',
          content: { text },
          ...(expectedDigest === undefined ? {} : { expectedDigest }),
        }),
      )
    expect([await saved('0'), await saved()]).toEqual(['workspace.file_changed', 'workspace.file_changed'])
  })

  it.each([
    ['no job', 'version: 1\nsteps: []\n', 'workspace.invalid'],
    ['no YAML', 'steps: [', 'workspace.invalid'],
  ])('that are %s are not written', async (_case, text, code) => {
    expect(await codeOf(engine.jobFiles.save({ job: 'new', content: { text } }))).toBe(code)
  })

  it.each(['../out', 'a/b', ''])('have no name like %j', async (job) => {
    expect(await codeOf(engine.jobFiles.get({ job }))).toBe('workspace.name_invalid')
  })

  it('are removed, once', async () => {
    expect([
      await engine.jobFiles.remove({ job: 'nightly' }),
      await engine.jobFiles.remove({ job: 'nightly' }),
    ]).toEqual([{ removed: true }, { removed: false }])
  })

  it('have their schedule in words and the next ten times, in its zone', async () => {
    const { text, nextTimes } = await engine.jobFiles.schedule({
      cron: '30 2 * * *',
      timeZone: 'Asia/Shanghai',
      missed: 'once',
    })
    expect(text.zh).toContain('Asia/Shanghai')
    expect(nextTimes).toHaveLength(10)
    for (const time of nextTimes) expect(time).toContain('T18:30:00')
    expect(await codeOf(engine.jobFiles.schedule({ cron: 'never', timeZone: 'UTC', missed: 'once' }))).toBe(
      'schedule.invalid',
    )
  })

  it('are printed over a text with its comments, and without the defaults that it leaves out', async () => {
    const text = '# every night\nversion: 1\nsteps:\n  - pipeline: orders # first\n'
    const { document } = await engine.jobFiles.parse({ text })
    if (document === undefined) throw new Error('the text is a job')
    expect(await engine.jobFiles.print({ document, text })).toEqual({ text })
    const steps = [...document.steps, { pipeline: 'flights', parameters: { since: '2026-01-01' } }]
    const printed = await engine.jobFiles.print({ document: { ...document, steps, overlap: 'queue' }, text })
    expect(printed.text).toContain('# every night')
    expect(printed.text).toContain('# first')
    expect(printed.text).toContain('overlap: queue')
    expect(printed.text).not.toContain('priority')
    expect((await engine.jobFiles.parse(printed)).document).toEqual({ ...document, steps, overlap: 'queue' })
  })

  it.each([
    ['no YAML', 'steps: [', 1],
    ['a wrong setting', 'version: 1\nsteps: [{ pipeline: a }]\noverlap: never\n', 3],
  ])('with %s have problems at their line', async (_case, text, line) => {
    const { document, problems } = await engine.jobFiles.parse({ text })
    expect(document).toBeUndefined()
    expect(problems[0]?.line).toBe(line)
  })
})

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { EngineClient } from '../../../contract/api.ts'
import { Failure } from '../../../contract/failure.ts'
import { thresholdsSchema } from '../../../contract/profile/comparison.ts'
import { type Profile, profileSchema } from '../../../contract/profile/profile.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { compareProfiles } from '../../../profile/compare/compare.ts'
import { profileReport } from '../../../profile/report/report.ts'
import type { CommandCall } from '../command.ts'
import { printProfile } from '../print-profile.ts'
import { whatToShow } from '../what-to-show.ts'

/** Prints the profile, or with --json the document itself; `comparison` beside it when one was asked for. */
export async function run(call: CommandCall): Promise<void> {
  const { values, output, language, terminal } = call
  const engine = await call.engine()
  const before = await earlier(call, engine)
  const profile = await taken(call, engine)
  const comparison = before === undefined ? undefined : compareProfiles(before, profile, thresholdsSchema.parse({}))
  const file = values.text('html')
  if (file !== undefined) {
    const report = profileReport({ profile, language, ...(comparison === undefined ? {} : { comparison }) })
    await writeFileDurably(resolve(terminal.directory, file), report)
  }
  await output.document(comparison === undefined ? profile : { ...profile, comparison }, () =>
    printProfile({ profile, comparison, reportFile: file }, output, language),
  )
}

async function taken(call: CommandCall, engine: EngineClient): Promise<Profile> {
  const { values, signal } = call
  const environment = values.text('env')
  const options = values.pairs('option')
  const events = await engine.profiles.run(
    {
      from: await whatToShow(call),
      isFull: values.flag('full'),
      offline: values.flag('offline'),
      ...(Object.keys(options).length === 0 ? {} : { options }),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  let last: Profile | undefined
  for await (const { profile } of events) last = profile
  if (last === undefined) throw new Failure('work.cancelled', { what: 'profile' })
  return last
}

/** The profile to compare with, read before the new one is kept and becomes the last. */
async function earlier(call: CommandCall, engine: EngineClient): Promise<Profile | undefined> {
  const { values, signal, terminal } = call
  const reference = values.text('against')
  if (reference === undefined) return undefined
  const file = resolve(terminal.directory, reference)
  if (await pathExists(file)) return readProfile(file)
  if (reference.includes(':')) return engine.profiles.get({ dataset: reference }, { signal })
  const dataset = values.positionals[0] ?? ''
  return engine.profiles.get({ dataset, ...(reference === 'last' ? {} : { id: reference }) }, { signal })
}

async function readProfile(file: string): Promise<Profile> {
  const text = await readFile(file, 'utf8')
  try {
    return profileSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new Failure('profile.unreadable', { file }, { cause: error })
  }
}

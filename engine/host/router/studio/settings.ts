import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StudioSettings, studioSettingsSchema } from '../../../contract/api/studio.ts'
import type { RunLimits } from '../../../contract/job-file.ts'
import { takeExtensionsFrom } from '../../../duck/extensions.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { allowedPath } from '../allowed-folders.ts'
import type { HostContext } from '../context.ts'
import { studioHostOf } from './host-of.ts'

const DEFAULT_MEMORY_MB = 1_024

/** What of a host says where its settings are. */
export type SettingsPlace = Pick<HostContext, 'studio' | 'allowedFolders' | 'variables'>

/** Settings of the engine's host; none when the file is not there or not ours. */
export async function readSettings(context: SettingsPlace): Promise<StudioSettings> {
  const text = await readFile(fileOf(context), 'utf8').catch(() => '{}')
  return studioSettingsSchema.safeParse(parsedJson(text)).data ?? {}
}

/**
 * Stores them; the extensions are those of every DuckDB from then on.
 * @throws Failure `file.outside_folder` for an extension folder that a caller may not reach
 */
export async function writeSettings(context: SettingsPlace, settings: StudioSettings): Promise<StudioSettings> {
  const { extensionFolder } = settings
  if (extensionFolder !== undefined) await allowedPath(context.allowedFolders, extensionFolder)
  await writeFileDurably(fileOf(context), `${JSON.stringify(settings, null, 2)}\n`)
  takeExtensionsFrom(extensionFolder)
  return settings
}

/** Has this process take the extensions that its host's settings name; without any, those that it was started with stay. */
export async function applyExtensions(context: SettingsPlace): Promise<void> {
  const { extensionFolder } = await readSettings(context)
  if (extensionFolder !== undefined) takeExtensionsFrom(extensionFolder)
}

/** What one DuckDB of this host may use. */
export async function duckLimits(context: SettingsPlace): Promise<{ memoryLimitMb: number; threads?: number }> {
  const { memoryLimitMb = DEFAULT_MEMORY_MB, threads } = await readSettings(context)
  return { memoryLimitMb, ...(threads === undefined ? {} : { threads }) }
}

/** What the settings say of a piece of work that has limits of its own kind; nothing where they say nothing. */
export async function settingLimits(context: SettingsPlace): Promise<{ memoryLimitMb?: number; threads?: number }> {
  const { memoryLimitMb, threads } = await readSettings(context)
  return {
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
    ...(threads === undefined ? {} : { threads }),
  }
}

/** The same for runs; what a job or a caller asks for goes before it. */
export async function runLimits(context: SettingsPlace): Promise<Pick<RunLimits, 'memoryMb' | 'threads'>> {
  const { memoryLimitMb, threads } = await settingLimits(context)
  return {
    ...(memoryLimitMb === undefined ? {} : { memoryMb: memoryLimitMb }),
    ...(threads === undefined ? {} : { threads }),
  }
}

function fileOf(context: SettingsPlace): string {
  return join(studioHostOf(context).dataDirectory, 'settings.json')
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StudioSettings, studioSettingsSchema } from '../../../contract/api/studio.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import type { HostContext } from '../context.ts'
import { studioHostOf } from './host-of.ts'

const DEFAULT_MEMORY_MB = 1_024

/** Settings of the engine's host; none when the file is not there or not ours. */
export async function readSettings(context: HostContext): Promise<StudioSettings> {
  const text = await readFile(fileOf(context), 'utf8').catch(() => '{}')
  return studioSettingsSchema.safeParse(parsedJson(text)).data ?? {}
}

export async function writeSettings(context: HostContext, settings: StudioSettings): Promise<StudioSettings> {
  await writeFileDurably(fileOf(context), `${JSON.stringify(settings, null, 2)}\n`)
  return settings
}

/** What one DuckDB of this host may use. */
export async function duckLimits(context: HostContext): Promise<{ memoryLimitMb: number; threads?: number }> {
  const { memoryLimitMb = DEFAULT_MEMORY_MB, threads } = await readSettings(context)
  return { memoryLimitMb, ...(threads === undefined ? {} : { threads }) }
}

function fileOf(context: HostContext): string {
  return join(studioHostOf(context).dataDirectory, 'settings.json')
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

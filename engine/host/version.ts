import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The version of Runnel that runs. */
export async function ownVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8').catch(() => '{}')
  const found: unknown = JSON.parse(text)
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown'
}

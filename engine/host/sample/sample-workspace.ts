import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import { copyFolder } from '../../os/copy-folder.ts'
import { pathExists } from '../../os/path-exists.ts'
import { WORKSPACE_FILE } from '../../workspace/layout.ts'
import { writeFlights } from './flights.ts'
import { type SampleData, writeSampleData } from './write-sample-data.ts'

const TEMPLATE = join(import.meta.dirname, '../../../resources/sample')
const FLIGHTS = 3_000_000
/** What the sample's data and its runs fill: never in the template, even where somebody ran in it, and never in git. */
const FILLED = ['.runnel', 'data', 'out']
/** Written by us: packers of apps leave such a file out. */
const IGNORED = '.gitignore'

export interface SampleWorkspaceOptions {
  readonly orders: number
  readonly seed: number
  readonly dirtyShare?: number
  /** 3,000,000 when not given. */
  readonly flights?: number
}

/**
 * Copies resources/sample to `directory` and fills its data folder; the same options give the same data. Needs no network.
 * @throws Failure `workspace.exists`
 */
export async function writeSampleWorkspace(directory: string, options: SampleWorkspaceOptions): Promise<SampleData> {
  if (await pathExists(join(directory, WORKSPACE_FILE))) throw new Failure('workspace.exists', { directory })
  const data = join(directory, 'data')
  await mkdir(data, { recursive: true })
  await mkdir(join(directory, 'out'), { recursive: true })
  const written = await writeSampleData(data, options)
  await writeFlights(join(data, 'flights-3m.parquet'), options.flights ?? FLIGHTS, options.seed)
  await writeFile(join(directory, IGNORED), FILLED.map((name) => `${name}/\n`).join(''))
  // The template comes last: with its runnel.yaml the folder is a whole workspace.
  await copyFolder(TEMPLATE, directory, new Set([...FILLED, IGNORED]))
  return written
}

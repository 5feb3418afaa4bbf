import { cp, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type SampleData, writeSampleData } from './sample-data/write-sample-data.ts'

const TEMPLATE = join(import.meta.dirname, '../resources/sample')
const FLIGHTS = 'data/flights-3m.parquet'

export interface SampleWorkspaceOptions {
  readonly orders: number
  readonly seed: number
  readonly dirtyShare?: number
}

/** Copies resources/sample to `directory` and fills its data folder; the same options give the same data. */
export async function writeSampleWorkspace(directory: string, options: SampleWorkspaceOptions): Promise<SampleData> {
  await cp(TEMPLATE, directory, {
    recursive: true,
    // What somebody left in the template by running in it is not part of the sample.
    filter: (path) => !/^(\.runnel|data|out)$/.test(path.slice(TEMPLATE.length + 1).split('/')[0] ?? ''),
  })
  const data = join(directory, 'data')
  await mkdir(join(directory, 'out'), { recursive: true })
  const written = await writeSampleData(data, options)
  // The package's entry is build/index.js.
  const entry = createRequire(import.meta.url).resolve('vega-datasets')
  await cp(join(dirname(entry), '..', FLIGHTS), join(directory, FLIGHTS))
  return written
}

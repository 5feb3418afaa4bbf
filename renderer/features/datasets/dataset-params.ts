import type { RowsFrom } from '../../../engine/contract/api/data.ts'
import { parseDatasetRef } from '../../../engine/contract/dataset.ts'

export interface DatasetParams {
  readonly dataset?: string | undefined
  readonly file?: string | undefined
}

/** What stands on the tab: the dataset's name without its connection, a file's name without its folder. */
export function titleOf({ dataset, file }: DatasetParams): string {
  if (dataset !== undefined) return parseDatasetRef(dataset).name
  return file?.split(/[\\/]/).findLast((part) => part !== '') ?? ''
}

/** Where its rows come from; undefined for a tab that names nothing. */
export function fromOf({ dataset, file }: DatasetParams): Exclude<RowsFrom, { sql: string }> | undefined {
  if (dataset !== undefined) return { dataset }
  return file === undefined ? undefined : { file }
}

import { parseDatasetRef } from '../../../contract/dataset.ts'
import type { Relation } from '../../../contract/profile/relation.ts'
import { findRelations } from '../../../profile/across/relations.ts'
import { profiledColumns } from '../../../profile/columns/profiled-column.ts'
import { sql } from '../../../sql/sql.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import { type NamedDataset, viewOf } from '../sql/datasets.ts'
import { readySources } from '../sql/open-sources.ts'

export interface RelateRequest {
  readonly datasets: readonly string[]
  readonly environment?: string | undefined
  readonly offline?: boolean | undefined
}

/** Reads the datasets as the SQL editor does and finds what their columns have in common. */
export async function relateDatasets(
  context: HostContext,
  request: RelateRequest,
  signal: AbortSignal,
): Promise<{ relations: Relation[]; warnings: string[] }> {
  const source = await connectionSource(context, request.environment)
  const datasets = [...new Set(request.datasets)].map(named)
  await using ready = await readySources(context, { source, datasets, offline: request.offline === true }, signal)
  const related = []
  for (const dataset of datasets) {
    const from = viewOf(dataset)
    related.push({ dataset: dataset.ref, from, columns: profiledColumns(await ready.duck.columns(sql`FROM ${from}`)) })
  }
  return { relations: await findRelations(ready.duck, related, { signal }), warnings: [...ready.warnings] }
}

function named(ref: string): NamedDataset {
  const { connection, name } = parseDatasetRef(ref)
  return { connection, name, ref, schema: 'main', table: name, start: 0 }
}

import type { TreeItem } from '../../../contract/api/connections.ts'
import { type DatasetSummary, parseQualifiedName } from '../../../contract/dataset.ts'

export interface TreeRequest {
  readonly parent?: string | undefined
  readonly search?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface TreePage {
  readonly items: TreeItem[]
  readonly total: number
  readonly next?: string
}

/**
 * One page of one level. Datasets of a system with a single schema stand at the top.
 * @param datasets in name order
 */
export function treePage(datasets: readonly DatasetSummary[], request: TreeRequest): TreePage {
  const level =
    request.search === undefined || request.search.trim() === ''
      ? levelOf(datasets, request.parent)
      : {
          schemas: [],
          datasets: matching(datasets, request.search.trim()),
        }
  const start = Math.max(0, Math.trunc(Number(request.cursor ?? 0)) || 0)
  const end = start + request.limit
  const total = level.schemas.length + level.datasets.length
  const items = [
    ...level.schemas.slice(start, end),
    ...level.datasets
      .slice(Math.max(0, start - level.schemas.length), Math.max(0, end - level.schemas.length))
      .map(datasetItem),
  ]
  return { items, total, ...(end < total ? { next: String(end) } : {}) }
}

interface Level {
  readonly schemas: readonly TreeItem[]
  readonly datasets: readonly DatasetSummary[]
}

function levelOf(datasets: readonly DatasetSummary[], parent: string | undefined): Level {
  if (parent !== undefined) return { schemas: [], datasets: datasets.filter(({ schema }) => schema === parent) }
  const counts = new Map<string, number>()
  for (const { schema } of datasets) {
    if (schema !== undefined) counts.set(schema, (counts.get(schema) ?? 0) + 1)
  }
  if (counts.size <= 1) return { schemas: [], datasets }
  const schemas = [...counts]
    .map(([name, count]) => ({ kind: 'schema' as const, id: name, name, datasets: count }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { schemas, datasets: datasets.filter(({ schema }) => schema === undefined) }
}

function matching(datasets: readonly DatasetSummary[], search: string): DatasetSummary[] {
  const wanted = search.toLowerCase()
  return datasets.filter(
    ({ name, comment }) => name.toLowerCase().includes(wanted) || comment?.toLowerCase().includes(wanted) === true,
  )
}

function datasetItem({ name, kind, schema, comment, rowEstimate, sizeBytes }: DatasetSummary): TreeItem {
  return {
    kind: 'dataset',
    id: name,
    // Only databases have qualified names; a dot in a file's name is its own.
    name: schema === undefined ? name : (parseQualifiedName(name).at(-1) ?? name),
    datasetKind: kind,
    ...(comment === undefined || comment === '' ? {} : { comment }),
    ...(rowEstimate === undefined ? {} : { rows: rowEstimate }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }
}

import { pathKey, type TreeLevel, type TreeNode, type TreeRow, visibleRows } from '../../../ui/tree/visible-rows.ts'
import type { SourceTable } from './sync-draft.ts'

/** Lines of the tree of tables: schemas with their tables, or tables alone where there is one schema. */
export function tableRows(
  tables: readonly SourceTable[],
  {
    search,
    open,
    count,
  }: { readonly search: string; readonly open: ReadonlySet<string>; readonly count: (rows: string) => string },
): TreeRow[] {
  const wanted = search.trim().toLowerCase()
  const fitting = tables.filter(({ dataset }) => dataset.toLowerCase().includes(wanted))
  const levels = new Map<string, TreeLevel>()
  const tops: TreeNode[] = []
  for (const [schema, inside] of Map.groupBy(fitting, (table) => table.schema)) {
    const nodes = inside.map(({ dataset, name, rows }) => {
      return { id: dataset, label: name, ...(rows === undefined ? {} : { detail: count(rows) }), hasChildren: false }
    })
    if (schema === undefined) tops.push(...nodes)
    else {
      tops.push({ id: schema, label: schema, detail: count(String(inside.length)), hasChildren: true })
      levels.set(pathKey([schema]), { nodes, state: 'ready', hasMore: false })
    }
  }
  levels.set(pathKey([]), { nodes: tops, state: 'ready', hasMore: false })
  // What was searched for is seen at once.
  const opened = wanted === '' ? open : new Set(levels.keys())
  return visibleRows(levels, opened)
}

/** The tables that a line stands for: itself, or those of its schema that fit the search. */
export function tablesOf(tables: readonly SourceTable[], path: readonly string[], search: string): string[] {
  const wanted = search.trim().toLowerCase()
  const last = path.at(-1)
  return tables
    .filter(({ dataset, schema }) => dataset === last || (path.length === 1 && schema === last))
    .map(({ dataset }) => dataset)
    .filter((dataset) => dataset === last || dataset.toLowerCase().includes(wanted))
}

/** Whether all, some or none of the datasets are chosen. */
export function checkOf(datasets: readonly string[], chosen: ReadonlySet<string>): boolean | 'mixed' {
  const count = datasets.filter((dataset) => chosen.has(dataset)).length
  return count === 0 ? false : count === datasets.length ? true : 'mixed'
}

/** Chooses all of them, or none where all were. */
export function toggled(datasets: readonly string[], chosen: ReadonlySet<string>): ReadonlySet<string> {
  const next = new Set(chosen)
  const isWhole = checkOf(datasets, chosen) === true
  for (const dataset of datasets) {
    if (isWhole) next.delete(dataset)
    else next.add(dataset)
  }
  return next
}

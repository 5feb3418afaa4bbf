import type { Finding } from '../../contract/profile/finding.ts'
import { id, sql } from '../../sql/sql.ts'
import { finding, inAllRows, type Unjudged } from './finding-of.ts'

const NEARLY = 0.98
const SAME = 0.999
const LEAST_ROWS = 20
const MOST = 5

/** What is wrong with rows or between columns. */
export function tableFindings(profile: Unjudged): Finding[] {
  return [
    ...duplicates(profile),
    ...nearlyUnique(profile),
    ...dependencies(profile),
    ...redundant(profile),
    ...together(profile),
  ]
}

function duplicates(profile: Unjudged): Finding[] {
  const count = profile.table.duplicateRows ?? 0
  if (count === 0) return []
  return [
    finding('profile.duplicate_rows', [], {
      harm: 'breaks_results',
      evidence: inAllRows(profile, count),
      fix: { node: 'dedupe', config: {} },
    }),
  ]
}

/** Only where distinct values were counted: an estimate is too far off to say. */
function nearlyUnique(profile: Unjudged): Finding[] {
  return profile.columns.flatMap(({ name, kind, exact }) => {
    const held = profile.scope.rows - exact.nulls
    const { count, error } = exact.distinct
    const looksLikeKey =
      kind === 'text' ||
      /INT|^DECIMAL\(\d+,0\)|^UUID$/.test(profile.columns.find((column) => column.name === name)?.type ?? '')
    if (!looksLikeKey || error > 0 || held < LEAST_ROWS || exact.nulls > 0 || count === held || count < NEARLY * held)
      return []
    return [
      finding('profile.nearly_unique', [name], {
        harm: 'breaks_load',
        evidence: inAllRows(profile, held - count),
        rule: { check: 'unique', column: name, parameters: { columns: [name] } },
        fix: { node: 'dedupe', config: { keys: [name] } },
      }),
    ]
  })
}

function dependencies({ table }: Unjudged): Finding[] {
  const { found, rows, isSample } = table.dependencies
  return found
    .filter(({ violations }) => violations > 0)
    .slice(0, MOST)
    .map(({ by, column, violations }) =>
      finding('profile.dependency_violated', [column, by], {
        harm: 'breaks_results',
        evidence: { count: violations, rows, isSample },
        parameters: { by },
        rule: { check: 'functional_dependency', column, parameters: { by: [by] } },
      }),
    )
}

function redundant({ table, columns }: Unjudged): Finding[] {
  const { found, rows, isSample } = table.correlations
  return found
    .filter(({ method, value }) => method === 'pearson' && Math.abs(value) >= SAME)
    .filter((pair) =>
      pair.columns.every((name) => (columns.find((column) => column.name === name)?.exact.distinct.count ?? 0) > 2),
    )
    .slice(0, MOST)
    .map((pair) =>
      finding('profile.redundant_columns', pair.columns, {
        harm: 'untidy',
        evidence: { count: rows, rows, isSample },
        parameters: { value: pair.value.toFixed(4) },
      }),
    )
}

function together({ table }: Unjudged): Finding[] {
  const { found, rows, isSample } = table.missingTogether
  return found.slice(0, MOST).map(({ columns, both }) =>
    finding('profile.missing_together', columns, {
      harm: 'untidy',
      evidence: { count: both, rows, isSample },
      condition: sql`${id(columns[0])} IS NULL AND ${id(columns[1])} IS NULL`,
    }),
  )
}

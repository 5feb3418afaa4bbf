import type { Relation } from '../../../../engine/contract/profile/relation.ts'

/** The rows of a relation whose value the other dataset does not have, in the SQL of the workspace. NULL is no orphan. */
export function orphanQuery({ from, to }: Pick<Relation, 'from' | 'to'>): string {
  const [value, other] = [quoted(from.column), quoted(to.column)]
  return [
    `SELECT * FROM ${table(from.dataset)} AS f`,
    `WHERE f.${value} IS NOT NULL`,
    `  AND NOT EXISTS (FROM ${table(to.dataset)} AS t WHERE CAST(t.${other} AS VARCHAR) = CAST(f.${value} AS VARCHAR))`,
  ].join('\n')
}

function table(dataset: string): string {
  const colon = dataset.indexOf(':')
  return `${quoted(dataset.slice(0, colon))}.${quoted(dataset.slice(colon + 1))}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

import { createHash } from 'node:crypto'
import type { Column } from '../../contract/column.ts'
import type { ColumnMask } from '../../contract/mask.ts'
import type { PolicyFile } from '../../contract/policy-file.ts'
import { patternOf } from '../name-pattern.ts'

/** What a policy does to the columns of a dataset, in the dataset's order; columns that stay as they are are left out. */
export function masksOfPolicy(
  { columns: rules, others }: PolicyFile,
  dataset: string,
  columns: readonly Column[],
): ColumnMask[] {
  return columns.flatMap(({ name }) => {
    const rule = rules.find(
      (candidate) =>
        patternOf(candidate.column).test(name) &&
        (candidate.dataset === undefined || patternOf(candidate.dataset).test(dataset)),
    )
    if (rule !== undefined) return [{ column: name, mask: rule.mask }]
    return others === 'null' ? [{ column: name, mask: { method: 'null' as const } }] : []
  })
}

/** Tells policies apart whose name is the same. */
export function digestOfPolicy(policy: PolicyFile): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex')
}

import type { Column } from '../contract/column.ts'
import type { StructurePolicy } from '../contract/sync-file.ts'
import type { DdlPolicy } from '../contract/write-mode.ts'

export interface StructureChange {
  readonly kind: 'add' | 'drop' | 'type'
  readonly column: string
  /** What a person reads: `name VARCHAR → BIGINT`. */
  readonly text: string
}

/** How a table differs from what it was: a renamed column is one dropped and one added, since the stream tells no more. */
export function structureChanges(before: readonly Column[], after: readonly Column[]): StructureChange[] {
  const known = new Map(before.map((column) => [column.name, column]))
  const names = new Set(after.map(({ name }) => name))
  return [
    ...before
      .filter(({ name }) => !names.has(name))
      .map(({ name, type }): StructureChange => ({ kind: 'drop', column: name, text: `- ${name} ${type}` })),
    ...after.flatMap(({ name, type }): StructureChange[] => {
      const old = known.get(name)
      if (old === undefined) return [{ kind: 'add', column: name, text: `+ ${name} ${type}` }]
      return old.type === type ? [] : [{ kind: 'type', column: name, text: `${name} ${old.type} → ${type}` }]
    }),
  ]
}

const WHOLE = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT']
const DECIMAL = /^DECIMAL\((\d+),(\d+)\)$/

/** Whether every value stays what it is. Another change of type may have come with an expression that made new values of the old. */
export function isWidening(before: string, after: string): boolean {
  const [from, to] = [WHOLE.indexOf(before), WHOLE.indexOf(after)]
  if (from !== -1 && to !== -1) return from < to
  const [narrow, wide] = [DECIMAL.exec(before), DECIMAL.exec(after)]
  if (narrow === null || wide === null) return before === 'FLOAT' && after === 'DOUBLE'
  const [wholes, places] = [Number(wide[1]) - Number(wide[2]), Number(wide[2])]
  return places >= Number(narrow[2]) && wholes >= Number(narrow[1]) - Number(narrow[2])
}

/**
 * Columns of rows that nobody changed whose values may be others now, without a word in the stream. `certain` are: a column that came
 * while another went may be that one by a new name, and a type may have been changed by an expression. Of `asked`, the source can tell.
 */
export function refilled(
  changes: readonly StructureChange[],
  before: readonly Column[],
  after: readonly Column[],
): { readonly certain: boolean; readonly asked: readonly string[] } {
  const added = changes.filter(({ kind }) => kind === 'add').map(({ column }) => column)
  const isRenamed = added.length > 0 && changes.some(({ kind }) => kind === 'drop')
  const isRewritten = changes.some(
    ({ kind, column }) => kind === 'type' && !isWidening(typeIn(before, column), typeIn(after, column)),
  )
  return { certain: isRenamed || isRewritten, asked: added }
}

function typeIn(columns: readonly Column[], column: string): string {
  return columns.find(({ name }) => name === column)?.type ?? ''
}

/** What a policy makes of changes. */
export interface StructureVerdict {
  readonly ddl: DdlPolicy
  /** Columns that do not go to the target. */
  readonly leftOut: ReadonlySet<string>
  /** Columns that get their new type in the target. */
  readonly retyped: ReadonlySet<string>
  /** Changes that a person must decide about; then nothing is done. */
  readonly asked: readonly StructureChange[]
}

export function judgeStructure(changes: readonly StructureChange[], policy: StructurePolicy): StructureVerdict {
  const asked = changes.filter(({ kind }) => policy[kind] === 'pause')
  const leftOut = changes.filter(({ kind }) => kind === 'add' && policy.add === 'ignore').map(({ column }) => column)
  const retyped = changes.filter(({ kind }) => kind === 'type').map(({ column }) => column)
  const isApplied = changes.some(({ kind }) => policy[kind] === 'apply')
  return { ddl: isApplied ? 'alter' : 'never', leftOut: new Set(leftOut), retyped: new Set(retyped), asked }
}

import type { Session } from '../../connectors/api/session.ts'
import type { Addition, TableIndex } from '../../connectors/api/structure.ts'
import type { DatasetSchema } from '../../contract/dataset.ts'
import { toFailure } from '../../contract/failure.ts'
import type { SyncFile } from '../../contract/sync-file.ts'

export interface CarriedTable {
  readonly dataset: string
  readonly target: string
  /** As the source describes it. */
  readonly schema: DatasetSchema
}

export interface Carrying {
  readonly source: Session
  readonly target: Session
  readonly carry: SyncFile['carry']
  /** What the tables of the sync are called in the target. */
  readonly targets: ReadonlyMap<string, string>
  readonly signal: AbortSignal
}

/**
 * Gives a table in the target the unique keys, indexes and comments that it has at the source and lacks there, once its rows are in.
 * @returns what the target did not get, each with why
 */
export async function carryStructure(carrying: Carrying, table: CarriedTable): Promise<string[]> {
  const { source, target, carry, signal } = carrying
  if (target.structure === undefined) return []
  const indexes = carry.indexes ? ((await source.structure?.indexes(table.dataset, signal)) ?? []) : []
  const present = await target.describe(table.target, {}, signal)
  const presentIndexes = await target.structure.indexes(table.target, signal)
  const wanted = [
    ...(carry.indexes ? keysAndIndexes(table.schema, indexes) : []),
    ...(carry.comments ? comments(table.schema, present) : []),
  ]
  const special = indexes.filter(({ columns }) => columns.length === 0)
  return [
    ...special.map(({ name }) => `index ${name}: it is over more than plain columns`),
    ...(await addAll(
      carrying,
      table,
      wanted.filter((addition) => !isThere(addition, present, presentIndexes)),
    )),
  ]
}

/** The same for foreign keys, once all tables are there. Those to tables outside of the sync are among what is not carried. */
export async function carryForeignKeys(carrying: Carrying, table: CarriedTable): Promise<string[]> {
  const { target, carry, targets, signal } = carrying
  const keys = table.schema.keys.filter(({ kind }) => kind === 'foreign')
  if (target.structure === undefined || !carry.foreignKeys || keys.length === 0) return []
  const present = await target.describe(table.target, {}, signal)
  const missing: string[] = []
  const wanted = keys.flatMap(({ name, columns, references }): Addition[] => {
    const to = references === undefined ? undefined : targets.get(references.dataset)
    if (to === undefined) missing.push(`foreign key ${name}: ${references?.dataset ?? '?'} is not part of the sync`)
    return to === undefined || references === undefined
      ? []
      : [{ kind: 'foreign', columns, references: { dataset: to, columns: references.columns } }]
  })
  return [
    ...missing,
    ...(await addAll(
      carrying,
      table,
      wanted.filter((addition) => !isThere(addition, present, [])),
    )),
  ]
}

function keysAndIndexes({ keys }: DatasetSchema, indexes: readonly TableIndex[]): Addition[] {
  return [
    ...keys.flatMap(({ kind, columns }): Addition[] => (kind === 'unique' ? [{ kind, columns }] : [])),
    ...indexes
      .filter(({ columns }) => columns.length > 0)
      .map(({ columns, isUnique }): Addition => ({ kind: isUnique ? 'unique' : 'index', columns })),
  ]
}

function comments({ comment, columns }: DatasetSchema, present: DatasetSchema): Addition[] {
  return [
    ...(comment === undefined || comment === present.comment ? [] : [{ kind: 'comment' as const, text: comment }]),
    ...columns.flatMap(({ name, comment: text }): Addition[] => {
      const there = present.columns.find((column) => column.name === name)
      if (text === undefined || there === undefined || there.comment === text) return []
      return [{ kind: 'comment', column: name, text }]
    }),
  ]
}

function isThere(addition: Addition, { keys }: DatasetSchema, indexes: readonly TableIndex[]): boolean {
  if (addition.kind === 'comment') return false
  const isSame = (columns: readonly string[]): boolean => columns.join('\0') === addition.columns.join('\0')
  if (addition.kind === 'foreign') return keys.some(({ kind, columns }) => kind === 'foreign' && isSame(columns))
  const isKey = keys.some(({ kind, columns }) => kind !== 'foreign' && isSame(columns))
  return isKey || indexes.some(({ columns, isUnique }) => isSame(columns) && (isUnique || addition.kind === 'index'))
}

async function addAll(
  { target, signal }: Carrying,
  { target: to }: CarriedTable,
  additions: readonly Addition[],
): Promise<string[]> {
  const refused: string[] = []
  for (const addition of additions) {
    try {
      await target.structure?.add(to, addition, signal)
    } catch (error) {
      if (signal.aborted) throw error
      refused.push(`${named(addition)}: ${toFailure(error).message}`)
    }
  }
  return refused
}

function named(addition: Addition): string {
  if (addition.kind === 'comment') return addition.column === undefined ? 'comment' : `comment of ${addition.column}`
  return `${addition.kind} (${addition.columns.join(', ')})`
}

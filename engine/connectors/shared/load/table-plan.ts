import type { Column, Fidelity } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import type { DdlPolicy, WriteMode } from '../../../contract/write-mode.ts'
import type { ColumnMapping } from '../../api/writer.ts'

export interface TargetColumn {
  readonly name: string
  readonly type: string
}

/** A column the target has already. */
export interface ExistingColumn extends TargetColumn {
  readonly nullable: boolean
  readonly hasDefault: boolean
  /** Computed by the target; cannot be written. */
  readonly generated?: boolean
}

/** How a column of the load goes into a column of the target. `widened` names the type the target column must get first. */
export interface ColumnFit {
  readonly fidelity: Fidelity
  readonly widened?: string
}

export interface TablePlanRequest {
  readonly dataset: string
  readonly columns: readonly Column[]
  readonly mode: WriteMode
  readonly keys: readonly string[]
  readonly ddl: DdlPolicy
  /** Undefined when the target does not exist. */
  readonly existing: readonly ExistingColumn[] | undefined
  /** Whether two names are one column in this system; most fold case. */
  readonly sameName: (a: string, b: string) => boolean
  /** The type a new column gets. @throws Failure `type.unsupported` */
  readonly newType: (column: Column) => { readonly type: string; readonly fidelity: Fidelity }
  /** @throws Failure `type.unsupported` when values of the column cannot go into the target column. */
  readonly fit: (column: Column, target: ExistingColumn) => ColumnFit
}

export interface TablePlan {
  readonly exists: boolean
  /** Columns of the load beside the column of the target they go to, in the load's order. In `delete` mode the keys only. */
  readonly pairs: readonly { readonly column: Column; readonly target: TargetColumn }[]
  /** All columns of a table to be created; empty when it exists. */
  readonly create: readonly TargetColumn[]
  readonly add: readonly TargetColumn[]
  readonly widen: readonly TargetColumn[]
  readonly mappings: readonly ColumnMapping[]
  readonly warnings: readonly string[]
}

/**
 * Decides what a load needs from its target's structure, the same for every database; dialects print the statements.
 * @throws Failure `write.ddl_needed` when the policy forbids what is needed, `type.unsupported`.
 */
export function planTable(request: TablePlanRequest): TablePlan {
  const columns =
    request.mode === 'delete' ? request.columns.filter(({ name }) => request.keys.includes(name)) : request.columns
  return request.existing === undefined
    ? planNewTable(request, columns)
    : planExistingTable(request, columns, request.existing)
}

function planNewTable(request: TablePlanRequest, columns: readonly Column[]): TablePlan {
  if (request.ddl === 'never') throw ddlNeeded(request, 'it does not exist and may not be created')
  assertDistinct(request, columns)
  const pairs = columns.map((column) => {
    const { type, fidelity } = request.newType(column)
    return { column, target: { name: column.name, type }, fidelity }
  })
  const create = pairs.map(({ target }) => target)
  return { exists: false, pairs, create, add: [], widen: [], mappings: pairs.map(mappingOf), warnings: [] }
}

function planExistingTable(
  request: TablePlanRequest,
  columns: readonly Column[],
  existing: readonly ExistingColumn[],
): TablePlan {
  assertDistinct(request, columns)
  const add: TargetColumn[] = []
  const widen: TargetColumn[] = []
  const pairs = columns.map((column) => {
    const found = existing.find(({ name }) => request.sameName(name, column.name))
    if (found === undefined) {
      const { type, fidelity } = request.newType(column)
      const target = { name: column.name, type }
      add.push(target)
      return { column, target, fidelity }
    }
    if (found.generated === true) throw ddlNeeded(request, `column ${found.name} is computed by the target`)
    const { fidelity, widened } = request.fit(column, found)
    const target = { name: found.name, type: widened ?? found.type }
    if (widened !== undefined) widen.push(target)
    return { column, target, fidelity }
  })
  assertAllowed(request, { add, widen })
  assertInsertable(request, existing)
  return { exists: true, pairs, create: [], add, widen, mappings: pairs.map(mappingOf), warnings: [] }
}

function assertDistinct({ dataset, sameName }: TablePlanRequest, columns: readonly Column[]): void {
  columns.forEach(({ name }, i) => {
    const twin = columns.slice(0, i).find((other) => sameName(other.name, name))
    if (twin !== undefined) {
      const reason = `the columns ${twin.name} and ${name} have the same name there`
      throw new Failure('write.ddl_needed', { dataset, reason })
    }
  })
}

function assertAllowed(request: TablePlanRequest, { add, widen }: Pick<TablePlan, 'add' | 'widen'>): void {
  if (request.ddl === 'alter') return
  const [missing] = add
  if (missing !== undefined) throw ddlNeeded(request, `it has no column ${missing.name}`)
  const [narrow] = widen
  if (narrow !== undefined)
    throw ddlNeeded(request, `column ${narrow.name} is too narrow, it would have to be ${narrow.type}`)
}

/** Modes that insert cannot leave out a column that must have a value. */
function assertInsertable(request: TablePlanRequest, existing: readonly ExistingColumn[]): void {
  if (request.mode === 'update' || request.mode === 'delete') return
  const required = existing.find(
    (target) =>
      !target.nullable &&
      !target.hasDefault &&
      target.generated !== true &&
      request.columns.every(({ name }) => !request.sameName(name, target.name)),
  )
  if (required !== undefined) {
    throw ddlNeeded(request, `its column ${required.name} must have a value and the rows do not bring it`)
  }
}

function ddlNeeded({ dataset }: TablePlanRequest, reason: string): Failure {
  return new Failure('write.ddl_needed', { dataset, reason })
}

function mappingOf(pair: { column: Column; target: TargetColumn; fidelity: Fidelity }): ColumnMapping {
  return { column: pair.column.name, from: pair.column.type, to: pair.target.type, fidelity: pair.fidelity }
}

import type { TraceReason } from '../../contract/biography.ts'
import { cellText } from '../../contract/cell-text.ts'
import type { Cell } from '../../contract/page.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { checkExpression, referencedColumns } from '../../pipeline/expression/expression.ts'
import { id, join, sql } from '../../sql/sql.ts'
import { numbers } from './links.ts'
import { ORIGIN, OWN, type Trace, type TracedOutput, traceTable } from './open-trace.ts'

/** A condition with its value and the values of the columns in it, for one row of an input. */
export async function conditionReason(
  trace: Trace,
  condition: string,
  { input, own }: { readonly input: TracedOutput; readonly own: string },
): Promise<TraceReason | undefined> {
  const checked = checkExpression(condition, trace.parameters)
  if (Array.isArray(checked)) return undefined
  const used = referencedColumns(checked.tokens, input.columns)
  const { rows } = await trace.duck.rows(
    sql`SELECT ${join([sql`(${checked.sql})`, ...used.map((name) => id(name))])} FROM ${id(relationName(input.ref))} WHERE ${id(ORIGIN)} IN (${numbers([own])})`,
    trace.call,
  )
  const [value = null, ...values] = rows[0] ?? []
  return {
    kind: 'condition',
    condition,
    value,
    operands: used.map((expression, i) => ({ expression, value: values[i] ?? null })),
  }
}

/** What a rejects output says about a row of it. */
export async function ruleReason(trace: Trace, output: TracedOutput, own: string): Promise<TraceReason | undefined> {
  const { rows } = await trace.duck.rows(
    sql`SELECT rule, "column", value, reason FROM ${id(traceTable(output.ref))} WHERE ${id(OWN)} IN (${numbers([own])})`,
    trace.call,
  )
  const [rule, column, value, reason] = rows[0] ?? []
  if (rule === undefined) return undefined
  return { kind: 'rule', rule: text(rule) ?? '', column: text(column), value: text(value), message: text(reason) ?? '' }
}

/** Values of some columns of one row. */
export async function valuesOf(
  trace: Trace,
  output: TracedOutput,
  { own, columns }: { readonly own: string; readonly columns: readonly string[] },
): Promise<{ column: string; value: Cell }[]> {
  if (columns.length === 0) return []
  const { rows } = await trace.duck.rows(
    sql`SELECT ${join(columns.map((name) => id(name)))} FROM ${id(traceTable(output.ref))} WHERE ${id(OWN)} IN (${numbers([own])})`,
    trace.call,
  )
  return columns.map((column, i) => ({ column, value: rows[0]?.[i] ?? null }))
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : cellText(cell)
}

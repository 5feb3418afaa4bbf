import { z } from 'zod'
import type { Filter } from '../../../contract/cursor.ts'

/** What a statement needs of the one table that it reads, as far as its text tells without knowing the table. */
export interface Wish {
  /** Names in lower case among which are all columns it needs; undefined when it may need every one. */
  readonly columns: ReadonlySet<string> | undefined
  /** Conditions that every row it uses fulfils. There may be more in the statement. */
  readonly conditions: readonly Condition[]
  /** It uses no more rows than these, whichever they are. */
  readonly limitRows?: number
}

export interface Condition {
  /** In lower case. */
  readonly column: string
  readonly operator: Extract<Filter, { column: string }>['operator']
  readonly values: readonly Constant[]
}

export type Constant =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text' | 'date' | 'timestamp'; readonly text: string }

const nodeSchema = z.object({
  type: z.literal('SELECT_NODE'),
  modifiers: z
    .array(z.object({ type: z.string(), limit: z.unknown().optional(), offset: z.unknown().optional() }))
    .default([]),
  from_table: z.object({
    type: z.literal('BASE_TABLE'),
    sample: z.undefined().optional(),
    column_name_alias: z.undefined().optional(),
  }),
  select_list: z.array(z.unknown()),
  where_clause: z.unknown().optional(),
  group_expressions: z.array(z.unknown()).max(0).optional(),
  group_sets: z.array(z.unknown()).max(0).optional(),
  having: z.undefined().optional(),
  qualify: z.undefined().optional(),
  sample: z.undefined().optional(),
})

/**
 * The wish of a statement of the form SELECT … FROM one table …; every other form needs the whole of its tables.
 * @param statement of DuckDB's `json_serialize_sql`
 */
export function wishOf(statement: unknown): Wish | undefined {
  const found = statementSchema.safeParse(statement)
  if (!found.success) return undefined
  const { node } = found.data
  const { alias, table_name: table } = node.from_table
  const classes = new Set<string>()
  const columns = new Set<string>()
  walk(node, classes, columns)
  const wish = {
    columns: classes.has('STAR') || classes.has('POSITIONAL_REFERENCE') ? undefined : columns,
    conditions: conjuncts(node.where_clause).flatMap((part) => conditionOf(part, (alias ?? table).toLowerCase()) ?? []),
  }
  const limitRows = limitOf(node, classes)
  return limitRows === undefined ? wish : { ...wish, limitRows }
}

const statementSchema = z.object({
  node: z.looseObject({
    type: z.literal('SELECT_NODE'),
    where_clause: z.unknown().optional(),
    from_table: z.object({
      type: z.literal('BASE_TABLE'),
      alias: z.string().optional(),
      table_name: z.string(),
      // Other names than the table's own: which is which only the table tells.
      column_name_alias: z.undefined().optional(),
    }),
  }),
})

/** Classes of all expressions and names of all columns, at any depth. */
function walk(node: unknown, classes: Set<string>, columns: Set<string>): void {
  if (Array.isArray(node)) return node.forEach((one) => walk(one, classes, columns))
  if (typeof node !== 'object' || node === null) return
  if ('class' in node && typeof node.class === 'string') classes.add(node.class)
  // A name may be of a table, a column or a field: whichever, the column is among them.
  if ('column_names' in node && Array.isArray(node.column_names)) {
    for (const name of node.column_names) columns.add(String(name).toLowerCase())
  }
  if ('type' in node && node.type === 'POSITIONAL_REFERENCE') classes.add('POSITIONAL_REFERENCE')
  for (const value of Object.values(node)) walk(value, classes, columns)
}

/** Only where each row of the table gives one row of the result, and no order tells which come first. */
function limitOf(node: unknown, classes: ReadonlySet<string>): number | undefined {
  const plain = nodeSchema.safeParse(node)
  if (!plain.success || plain.data.where_clause !== undefined) return undefined
  // A function may be an aggregate: by its name alone that is not told.
  if (['FUNCTION', 'WINDOW', 'SUBQUERY'].some((one) => classes.has(one))) return undefined
  const [modifier, ...others] = plain.data.modifiers
  if (modifier?.type !== 'LIMIT_MODIFIER' || others.length > 0) return undefined
  const [limit, offset] = [
    wholeNumber(modifier.limit),
    modifier.offset === undefined ? 0 : wholeNumber(modifier.offset),
  ]
  return limit === undefined || offset === undefined ? undefined : limit + offset
}

function wholeNumber(expression: unknown): number | undefined {
  const found = constantOf(expression)
  const value = found?.kind === 'number' ? Number(found.text) : Number.NaN
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

const childrenSchema = z.object({ children: z.array(z.unknown()) })

function conjuncts(where: unknown): unknown[] {
  const and = childrenSchema.extend({ type: z.literal('CONJUNCTION_AND') }).safeParse(where)
  if (and.success) return and.data.children.flatMap(conjuncts)
  return where === undefined ? [] : [where]
}

const COMPARED = {
  COMPARE_EQUAL: ['equal', 'equal'],
  COMPARE_LESSTHAN: ['less', 'greater'],
  COMPARE_GREATERTHAN: ['greater', 'less'],
  COMPARE_LESSTHANOREQUALTO: ['at_most', 'at_least'],
  COMPARE_GREATERTHANOREQUALTO: ['at_least', 'at_most'],
} as const
const comparisonSchema = z.object({
  class: z.literal('COMPARISON'),
  type: z.enum([
    'COMPARE_EQUAL',
    'COMPARE_LESSTHAN',
    'COMPARE_GREATERTHAN',
    'COMPARE_LESSTHANOREQUALTO',
    'COMPARE_GREATERTHANOREQUALTO',
  ]),
  left: z.unknown().optional(),
  right: z.unknown().optional(),
})
const betweenSchema = z.object({
  type: z.literal('COMPARE_BETWEEN'),
  input: z.unknown().optional(),
  lower: z.unknown().optional(),
  upper: z.unknown().optional(),
})
const operatorSchema = childrenSchema.extend({
  class: z.literal('OPERATOR'),
  type: z.enum(['COMPARE_IN', 'OPERATOR_IS_NULL', 'OPERATOR_IS_NOT_NULL']),
})

function conditionOf(part: unknown, table: string): Condition[] | undefined {
  const condition = (column: unknown, operator: Condition['operator'], values: readonly unknown[]) =>
    conditionOn({ column, operator, values, table })
  const comparison = comparisonSchema.safeParse(part)
  if (comparison.success) {
    const { type, left, right } = comparison.data
    const [plain, turned] = COMPARED[type]
    return condition(left, plain, [right]) ?? condition(right, turned, [left])
  }
  const between = betweenSchema.safeParse(part)
  if (between.success) {
    const { input, lower, upper } = between.data
    const [low, high] = [condition(input, 'at_least', [lower]), condition(input, 'at_most', [upper])]
    return low === undefined || high === undefined ? undefined : [...low, ...high]
  }
  const operator = operatorSchema.safeParse(part)
  if (!operator.success) return undefined
  const [column, ...values] = operator.data.children
  if (operator.data.type === 'OPERATOR_IS_NULL') return condition(column, 'is_null', [])
  return condition(column, operator.data.type === 'COMPARE_IN' ? 'in' : 'is_not_null', values)
}

const columnSchema = z.object({ class: z.literal('COLUMN_REF'), column_names: z.array(z.string()).min(1).max(2) })

interface Compared {
  readonly column: unknown
  readonly operator: Condition['operator']
  readonly values: readonly unknown[]
  /** The name under which the statement knows the table. */
  readonly table: string
}

function conditionOn({ column, operator, values, table }: Compared): Condition[] | undefined {
  const found = columnSchema.safeParse(column)
  const constants = values.map(constantOf)
  if (!found.success || constants.includes(undefined)) return undefined
  const [first = '', second] = found.data.column_names
  // What stands before a point may be a column, and what follows one of its fields.
  if (second !== undefined && first.toLowerCase() !== table) return undefined
  const name = second ?? first
  return [{ column: name.toLowerCase(), operator, values: constants.filter((one) => one !== undefined) }]
}

const valueSchema = z.object({
  class: z.literal('CONSTANT'),
  value: z.object({
    type: z.object({ id: z.string(), type_info: z.object({ scale: z.int().default(0) }).optional() }),
    is_null: z.literal(false),
    value: z.union([z.number(), z.string()]),
  }),
})
const castSchema = z.object({
  class: z.literal('CAST'),
  child: z.unknown().optional(),
  cast_type: z.object({ id: z.enum(['DATE', 'TIMESTAMP']) }),
})

function constantOf(expression: unknown): Constant | undefined {
  const cast = castSchema.safeParse(expression)
  if (cast.success) {
    const text = constantOf(cast.data.child)
    if (text?.kind !== 'text') return undefined
    return { kind: cast.data.cast_type.id === 'DATE' ? 'date' : 'timestamp', text: text.text }
  }
  const found = valueSchema.safeParse(expression)
  if (!found.success) return undefined
  const { type, value } = found.data.value
  if (typeof value === 'string') return type.id === 'VARCHAR' ? { kind: 'text', text: value } : undefined
  // Beyond 2^53 the parsed JSON is not the number that was written.
  if (!Number.isSafeInteger(value)) return undefined
  if (type.id === 'INTEGER' || type.id === 'BIGINT') return { kind: 'number', text: String(value) }
  return type.id === 'DECIMAL' ? { kind: 'number', text: decimalText(value, type.type_info?.scale ?? 0) } : undefined
}

function decimalText(value: number, scale: number): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${value < 0 ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
}

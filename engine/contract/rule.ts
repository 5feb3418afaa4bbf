import { z } from 'zod'
import { SEMANTIC_TYPE_IDS } from './semantic-types.ts'

const columnNameSchema = z.string().min(1)
/** A constant in a file. */
const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

const meaningSchema = z
  .string()
  .refine((id) => SEMANTIC_TYPE_IDS.some((known) => known === id), `one of ${SEMANTIC_TYPE_IDS.join(', ')}`)

const ruleBase = {
  /** What rejects are labelled with; `column.check` by default. */
  name: z.string().min(1).optional(),
  /** An `error` rejects the row; a `warning` keeps it and reports it in the output `warnings`. */
  severity: z.enum(['error', 'warning']).default('error'),
}

/**
 * Checks whose verdict belongs to a row. `base` are the fields that all of them have besides: files of rules say more than nodes.
 *
 * NULL passes every check but not_null and not_blank, as in SQL's CHECK.
 */
function rowChecks<Base extends z.ZodRawShape>(base: Base) {
  const onColumn = { ...base, column: columnNameSchema }
  return [
    z.strictObject({ ...onColumn, check: z.literal('not_null') }),
    z.strictObject({ ...onColumn, check: z.literal('not_blank') }),
    z.strictObject({ ...onColumn, check: z.literal('accepted'), values: z.array(scalarSchema).min(1) }),
    z.strictObject({
      ...onColumn,
      check: z.literal('range'),
      min: scalarSchema.optional(),
      max: scalarSchema.optional(),
    }),
    z.strictObject({
      ...onColumn,
      check: z.literal('length'),
      min: z.int().min(0).optional(),
      max: z.int().min(0).optional(),
    }),
    /** The whole text must match (RE2). */
    z.strictObject({ ...onColumn, check: z.literal('regex'), pattern: z.string() }),
    /** `A` an upper-case letter, `a` a lower-case one, `9` a digit, `汉` a Han character, `w` any other letter; `+` repeats the one before. */
    z.strictObject({ ...onColumn, check: z.literal('pattern'), pattern: z.string().min(1) }),
    z.strictObject({ ...onColumn, check: z.literal('type'), type: z.string() }),
    /** One of the meanings that profiles know, by form and check digit: `cn_id_card`, `email`, … Blank values pass. */
    z.strictObject({ ...onColumn, check: z.literal('semantic'), type: meaningSchema }),
    /** Every row of a value that occurs several times is refused. Rows with NULL in a column are unique. */
    z.strictObject({ ...base, check: z.literal('unique'), columns: z.array(columnNameSchema).min(1) }),
    /** The columns of `by` decide the column: all rows of a group that has several values are refused. NULLs do not count. */
    z.strictObject({
      ...onColumn,
      check: z.literal('functional_dependency'),
      by: z.array(columnNameSchema).min(1),
    }),
    z.strictObject({
      ...base,
      check: z.literal('expression'),
      expr: z.string(),
      column: columnNameSchema.optional(),
    }),
  ] as const
}

/** A check on one row, or for `unique` and `functional_dependency` on all: what a `validate` node takes. */
export const rowRuleSchema = z.discriminatedUnion('check', rowChecks(ruleBase))
export type RowRule = z.infer<typeof rowRuleSchema>

/** Of GB/T 36344-2018. */
export const dimensionSchema = z.enum([
  'completeness',
  'uniqueness',
  'validity',
  'consistency',
  'accuracy',
  'timeliness',
])
export type Dimension = z.infer<typeof dimensionSchema>

const datasetSchema = z.string().regex(/^[^:\s][^:]*:.+$/s, 'a dataset is written connection:name')
const durationSchema = z.string().regex(/^\d+(m|h|d)$/, 'a duration is a number and m, h or d')

const fileBase = {
  ...ruleBase,
  description: z.string().optional(),
  owner: z.string().optional(),
  /** What the check is about; by the kind of check when absent. */
  dimension: dimensionSchema.optional(),
  /** SQL condition: only rows for which it is true are checked. */
  where: z.string().optional(),
  /** Violations that are borne: so many rows, or this share of those that were checked. */
  tolerance: z
    .union([z.strictObject({ rows: z.int().min(0) }), z.strictObject({ share: z.number().min(0).max(1) })])
    .optional(),
}

/** Checks on a dataset as a whole, or on several. */
const datasetChecks = [
  /** A value of the code list of that name (standards/). */
  z.strictObject({ ...fileBase, check: z.literal('in_list'), column: columnNameSchema, list: z.string().min(1) }),
  /** Every value stands in a column of another dataset. Rows with NULL in a column pass. */
  z.strictObject({
    ...fileBase,
    check: z.literal('foreign_key'),
    columns: z.array(columnNameSchema).min(1),
    references: z.strictObject({ dataset: datasetSchema, columns: z.array(columnNameSchema).min(1) }),
  }),
  /** Number of rows, or how it may differ from the last check: `change: 0.2` allows 20 % either way. */
  z.strictObject({
    ...fileBase,
    check: z.literal('row_count'),
    min: z.int().min(0).optional(),
    max: z.int().min(0).optional(),
    change: z.number().positive().optional(),
  }),
  /** The latest value is no older than that. */
  z.strictObject({ ...fileBase, check: z.literal('freshness'), column: columnNameSchema, within: durationSchema }),
  /** An aggregate (`sum(amount)`) lies in a range, or equals one of another dataset up to `difference`. */
  z.strictObject({
    ...fileBase,
    check: z.literal('aggregate'),
    expr: z.string(),
    min: z.number().optional(),
    max: z.number().optional(),
    equals: z.strictObject({ dataset: datasetSchema, expr: z.string(), where: z.string().optional() }).optional(),
    difference: z.number().min(0).default(0),
  }),
  /** A figure of a column stays near its mean of the last checks: `limit: 0.1` allows 10 % either way. */
  z.strictObject({
    ...fileBase,
    check: z.literal('drift'),
    column: columnNameSchema,
    figure: z.enum(['null_share', 'distinct', 'mean', 'min', 'max', 'sum']),
    limit: z.number().positive(),
    last: z.int().min(1).max(100).default(5),
  }),
  /**
   * The values of a column lie as they did at the last check, or at the first one remembered. `psi`: population stability index,
   * where 0.1 is some change and 0.25 much; `ks`: the largest distance of the distribution functions, from 0 to 1; `js`: the
   * Jensen-Shannon divergence of categories, from 0 for the same shares to 1 for nothing in common.
   */
  z.strictObject({
    ...fileBase,
    check: z.literal('distribution'),
    column: columnNameSchema,
    measure: z.enum(['psi', 'ks', 'js']).default('psi'),
    limit: z.number().positive(),
    against: z.enum(['last', 'first']).default('last'),
  }),
  /** Values beyond 1.5 interquartile ranges outside of the quartiles, 3.5 scaled MADs, or 3 standard deviations. */
  z.strictObject({
    ...fileBase,
    check: z.literal('outliers'),
    column: columnNameSchema,
    method: z.enum(['iqr', 'mad', 'zscore']).default('iqr'),
  }),
  /** A SELECT over `data` (the dataset) whose rows are the violations. */
  z.strictObject({ ...fileBase, check: z.literal('sql'), query: z.string() }),
] as const

/** A rule as a file of rules has it. */
export const ruleSchema = z.discriminatedUnion('check', [...rowChecks(fileBase), ...datasetChecks])
export type Rule = z.infer<typeof ruleSchema>
/** As it is written: what has a default may be left out. */
export type WrittenRule = z.input<typeof ruleSchema>
export type CheckKind = Rule['check']

/** `rules/<name>.yaml`: what must hold of one dataset. */
export const rulesFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  owner: z.string().optional(),
  dataset: datasetSchema,
  /** Columns that tell rows apart in what is reported; the primary key when absent. */
  key: z.array(columnNameSchema).optional(),
  rules: z.array(ruleSchema),
})
export type RulesFile = z.infer<typeof rulesFileSchema>

const DIMENSIONS: Readonly<Record<CheckKind, Dimension>> = {
  not_null: 'completeness',
  not_blank: 'completeness',
  row_count: 'completeness',
  unique: 'uniqueness',
  accepted: 'validity',
  in_list: 'validity',
  range: 'validity',
  length: 'validity',
  regex: 'validity',
  pattern: 'validity',
  type: 'validity',
  semantic: 'validity',
  foreign_key: 'consistency',
  functional_dependency: 'consistency',
  expression: 'consistency',
  sql: 'consistency',
  aggregate: 'accuracy',
  outliers: 'accuracy',
  drift: 'accuracy',
  distribution: 'accuracy',
  freshness: 'timeliness',
}

/** What a rule is about: what it says itself, else what its check usually is. */
export function dimensionOf({ dimension, check }: Pick<Rule, 'dimension' | 'check'>): Dimension {
  return dimension ?? DIMENSIONS[check]
}

/** What a rule is called: its own name, else column and check. */
export function nameOfRule(rule: Rule): string {
  if (rule.name !== undefined) return rule.name
  if ('columns' in rule) return `${rule.columns.join('+')}.${rule.check}`
  return 'column' in rule && rule.column !== undefined ? `${rule.column}.${rule.check}` : rule.check
}

/** What each rule of a file is called: its name, with a number behind it where an earlier one has the same. */
export function namesOfRules(rules: readonly Rule[]): string[] {
  const seen = new Map<string, number>()
  return rules.map((rule) => {
    const name = nameOfRule(rule)
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return before === 0 ? name : `${name} ${before + 1}`
  })
}

/** The dataset that rules are about, then those they compare it with; each once. */
export function datasetsOfRules({ dataset, rules }: Pick<RulesFile, 'dataset' | 'rules'>): string[] {
  const others = rules.flatMap((rule) => {
    if (rule.check === 'foreign_key') return [rule.references.dataset]
    return rule.check === 'aggregate' && rule.equals !== undefined ? [rule.equals.dataset] : []
  })
  return [...new Set([dataset, ...others])]
}

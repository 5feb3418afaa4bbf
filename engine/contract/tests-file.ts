import { z } from 'zod'

const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** A row by column name. Numbers that JSON cannot hold, decimals, dates and times are written as text. */
const rowSchema = z.record(z.string(), z.json())

/** Frozen rows of a source node. */
export const testInputSchema = z.union([
  z.strictObject({
    /** DuckDB types by column; columns not named here take the type their values suggest. */
    types: z.record(z.string(), z.string()).optional(),
    rows: z.array(rowSchema),
  }),
  z.strictObject({
    /** A Parquet, CSV or JSON file beside the tests file. */
    file: z.string(),
  }),
])
export type TestInput = z.infer<typeof testInputSchema>

const rangeSchema = z.strictObject({ min: scalarSchema.optional(), max: scalarSchema.optional() })

/** What the values of one column must be. NULLs only count against `notNull`. */
export const columnExpectationSchema = z.strictObject({
  type: z.string().optional(),
  notNull: z.boolean().optional(),
  unique: z.boolean().optional(),
  /** Both ends included. */
  range: rangeSchema.optional(),
  /** RE2, found anywhere in the value unless anchored. */
  regex: z.string().optional(),
  oneOf: z.array(scalarSchema).optional(),
})
export type ColumnExpectation = z.infer<typeof columnExpectationSchema>

export const outputExpectationSchema = z.strictObject({
  /** Exactly these rows, over the columns they name; in any order unless `ordered`. */
  rows: z.array(rowSchema).optional(),
  ordered: z.boolean().optional(),
  /** Number of rows, or a range of it. */
  count: z.union([z.int().min(0), z.strictObject({ min: z.int().optional(), max: z.int().optional() })]).optional(),
  columns: z.record(z.string(), columnExpectationSchema).optional(),
})
export type OutputExpectation = z.infer<typeof outputExpectationSchema>

export const pipelineTestSchema = z.strictObject({
  description: z.string().optional(),
  parameters: z.record(z.string(), scalarSchema).optional(),
  /** By source node; every source the expectations depend on. */
  inputs: z.record(z.string(), testInputSchema),
  /** By output: `node` or `node.output`; a target stands for what it would write. */
  expect: z.record(z.string(), outputExpectationSchema),
})
export type PipelineTest = z.infer<typeof pipelineTestSchema>

/** `pipelines/<name>.tests.yaml`: tests by name. */
export const testsFileSchema = z.strictObject({
  version: z.literal(1),
  tests: z.record(z.string(), pipelineTestSchema),
})
export type TestsFile = z.infer<typeof testsFileSchema>

import { z } from 'zod'
import { personalClassSchema } from '../personal-class.ts'

/** What may be said about a column's values. */
export const columnKindSchema = z.enum(['number', 'text', 'date', 'timestamp', 'time', 'boolean', 'nested', 'other'])
export type ColumnKind = z.infer<typeof columnKindSchema>

const count = z.number().min(0)
const share = z.number().min(0).max(1)

/** Values as DuckDB prints them. `count` is of rows. */
export const countedValueSchema = z.object({ value: z.string(), count })
export type CountedValue = z.infer<typeof countedValueSchema>

/** Rows with `from` <= value < `to`; the last bin has `to` too. Numbers, or ISO text for dates and times. */
const histogramBinSchema = z.object({ from: z.string(), to: z.string(), count })
export type HistogramBin = z.infer<typeof histogramBinSchema>

const quantileSchema = z.object({
  /** From 0 to 1. */
  at: share,
  value: z.string(),
})

/** Of a whole column. Everything here was counted in every row that was read. */
export const exactSchema = z.object({
  nulls: count,
  /** Of text: nothing but white space. */
  blanks: count.optional(),
  /** `error` is the relative standard error of an approximate figure, 0 of an exact one. */
  distinct: z.object({ count, error: z.number().min(0) }),
  min: z.string().optional(),
  max: z.string().optional(),
  mean: z.number().optional(),
  /** Of a sample (n - 1). */
  std: z.number().optional(),
  zeros: count.optional(),
  negatives: count.optional(),
  /** Whole numbers among those that need not be. */
  integers: count.optional(),
  /** NaN, infinities, and numbers beyond 1e150, which mean and deviation leave out. */
  extremes: count.optional(),
  trues: count.optional(),
  /** In characters. */
  length: z.object({ min: count, max: count, mean: z.number() }).optional(),
  leadingSpace: count.optional(),
  trailingSpace: count.optional(),
  /** Values with U+FFFD. */
  replacementCharacters: count.optional(),
})
export type ExactFigures = z.infer<typeof exactSchema>

const patternSchema = z.object({
  /** `A` an upper-case letter, `a` a lower-case one, `9` a digit, `汉` a Han character, `w` any other letter; a `+` repeats. */
  pattern: z.string(),
  count,
  examples: z.array(z.string()),
})

const TEXT_SHAPES = ['integer', 'decimal', 'date', 'boolean', 'missing_word', 'text'] as const
export const CHARACTER_CLASSES = ['upper', 'lower', 'digit', 'han', 'other_letter', 'space', 'punctuation'] as const

const textDetailSchema = z.object({
  patterns: z.array(patternSchema),
  patternCount: count,
  /** Values that contain at least one such character. */
  classes: z.record(z.enum(CHARACTER_CLASSES), count),
  /** What the texts look like; more than one is a mixture. `missing_word`: n/a, null, none, -, 无 and their kin. */
  shapes: z.array(z.object({ shape: z.enum(TEXT_SHAPES), count, examples: z.array(z.string()) })),
  words: z.object({ min: count, max: count, mean: z.number() }).optional(),
  /** Values that differ only in case or surrounding space. */
  caseVariants: z.array(z.object({ variants: z.array(countedValueSchema) })),
  caseVariantRows: count,
  /** Text that was decoded with the wrong encoding, and control characters. */
  mojibake: z.object({ count, examples: z.array(z.string()) }),
  controlCharacters: z.object({ count, examples: z.array(z.string()) }),
})

const fenceSchema = z.object({ low: z.number(), high: z.number(), count })
const numberDetailSchema = z.object({
  quantiles: z.array(quantileSchema),
  median: z.number(),
  /** Median of the absolute distances from the median. */
  mad: z.number(),
  /** Values outside of the fences: 1.5 interquartile ranges beyond the quartiles, 3.5 scaled MADs, 3 deviations. */
  outliers: z.object({
    iqr: fenceSchema,
    mad: fenceSchema.optional(),
    zScore: fenceSchema.optional(),
    examples: z.array(countedValueSchema),
  }),
})

const timeDetailSchema = z.object({
  quantiles: z.array(quantileSchema),
  /** From Monday. */
  weekdays: z.array(count).length(7),
  /** From 0 to 23 o'clock; of timestamps. */
  hours: z.array(count).length(24).optional(),
  /** Spells without a day although most days follow the one before by `stepDays`; the longest first. */
  gaps: z.object({
    stepDays: count,
    missing: count,
    longest: z.array(z.object({ after: z.string(), before: z.string(), days: count })),
  }),
})

/** What the values may mean; a suggestion that a person confirms. */
const semanticSchema = z.object({
  type: z.string(),
  title: z.object({ en: z.string(), zh: z.string() }),
  share,
  confidence: share,
  class: personalClassSchema,
  /** Veiled when personal. */
  examples: z.array(z.string()),
  exceptions: z.array(z.string()),
})
export type SemanticReading = z.infer<typeof semanticSchema>

/** Found in the rows of `ProfileDetail`, which may be a sample. */
export const detailSchema = z.object({
  /** Values that are not NULL. */
  values: count,
  /** Commonest first. */
  top: z.array(countedValueSchema),
  /** Values that stand once. */
  singles: count,
  /** Categories below 1 % where few categories hold nearly everything. */
  rare: z.array(countedValueSchema),
  histogram: z.array(histogramBinSchema).optional(),
  number: numberDetailSchema.optional(),
  text: textDetailSchema.optional(),
  time: timeDetailSchema.optional(),
  semantic: z.array(semanticSchema),
})
export type ColumnDetail = z.infer<typeof detailSchema>

export const ORDERS = ['increasing', 'not_decreasing', 'decreasing', 'not_increasing', 'none'] as const

export const columnProfileSchema = z.object({
  name: z.string(),
  /** DuckDB's. */
  type: z.string(),
  kind: columnKindSchema,
  exact: exactSchema,
  detail: detailSchema,
  /** Whether the top values are counted in all rows although the rest of the detail is sampled. */
  topIsExact: z.boolean(),
  /** Rows in which `direction` holds from one value to the next, in the order of the source. */
  order: z.object({ direction: z.enum(ORDERS), rows: count }).optional(),
  /** What a person said about personal data in it; it takes the place of what the values suggest. */
  confirmed: personalClassSchema.optional(),
})
export type ColumnProfile = z.infer<typeof columnProfileSchema>

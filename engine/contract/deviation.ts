import { z } from 'zod'
import { fill, type Language, type Localized } from './localized.ts'

const deviationKindSchema = z.enum([
  'case',
  'pattern',
  'name_length',
  'abbreviation',
  'word',
  'term_name',
  'type',
  'length',
  'unit',
  'code',
  'mapping',
])
export type DeviationKind = z.infer<typeof deviationKindSchema>

const deviationFixSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), to: z.string() }),
  z.object({ kind: z.literal('cast'), type: z.string() }),
  /** Of a node that converts codes: what its codes are to be. */
  z.object({ kind: z.literal('codes'), codes: z.record(z.string(), z.string()) }),
])

/** Where a column departs from a standard. */
export const deviationSchema = z.object({
  /** A dataset; or a node of a pipeline, where that gives the column its name or writes it. */
  place: z.union([z.object({ dataset: z.string() }), z.object({ pipeline: z.string(), node: z.string() })]),
  column: z.string(),
  /** Name of the file. */
  standard: z.string(),
  kind: deviationKindSchema,
  /** Name of the term that the column was taken for, and how sure that is, 0..1. */
  term: z.string().optional(),
  confidence: z.number().optional(),
  found: z.string(),
  wanted: z.string(),
  /** Rows with such values among those that were looked at. */
  count: z.string().optional(),
  fix: deviationFixSchema.optional(),
})
export type Deviation = z.infer<typeof deviationSchema>

const TEXTS: Readonly<Record<DeviationKind, Localized>> = {
  case: { en: '{column} is not in {wanted} case', zh: '{column} 不符合 {wanted} 命名形式' },
  pattern: { en: '{column} does not match {wanted}', zh: '{column} 不匹配 {wanted}' },
  name_length: {
    en: 'The name {column} has {found} characters, more than {wanted}',
    zh: '名称 {column} 有 {found} 个字符，超过 {wanted}',
  },
  abbreviation: { en: '{column}: {found} is shortened to {wanted}', zh: '{column}：{found} 应缩写为 {wanted}' },
  word: { en: '{column}: {found} is none of the words allowed', zh: '{column}：{found} 不在允许的词汇中' },
  term_name: { en: '{column} is called {wanted}', zh: '{column} 的标准名称为 {wanted}' },
  type: { en: '{column} is {found}, not {wanted}', zh: '{column} 的类型为 {found}，应为 {wanted}' },
  length: {
    en: '{column} takes {found} characters, the standard {wanted}',
    zh: '{column} 可容纳 {found} 个字符，标准为 {wanted}',
  },
  unit: { en: '{column} seems to be in {found}, not in {wanted}', zh: '{column} 的单位似为 {found}，应为 {wanted}' },
  code: {
    en: '{column} has values that are not in the list {wanted}: {found}',
    zh: '{column} 含代码表 {wanted} 之外的值：{found}',
  },
  mapping: {
    en: '{column} converts codes otherwise than the mapping {wanted}: {found}',
    zh: '{column} 的代码转换与对照 {wanted} 不一致：{found}',
  },
}

/** One sentence about a deviation, without a full stop. */
export function deviationText({ kind, column, found, wanted }: Deviation, language: Language): string {
  return fill(TEXTS[kind][language], { column, found, wanted })
}

import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const standardsFailures = {
  'standards.column_unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), column: z.string(), known: z.array(z.string()) }),
    message: { en: '{dataset} has no column {column}.', zh: '{dataset} 中没有列 {column}。' },
    next: { en: 'Take one of: {known}.', zh: '可选的列：{known}。' },
  },
  'standards.code_blank': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), column: z.string(), rows: z.string() }),
    message: {
      en: '{rows} rows of {dataset} have no code in {column}.',
      zh: '{dataset} 中有 {rows} 行的 {column} 没有代码。',
    },
    next: {
      en: 'Name the column of the codes with --code, or mend these rows. Nothing was written.',
      zh: '请用 --code 指定代码列，或修正这些行。未写入任何内容。',
    },
  },
  'standards.code_twice': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), column: z.string(), code: z.string() }),
    message: {
      en: 'The code {code} stands twice in {column} of {dataset}.',
      zh: '代码 {code} 在 {dataset} 的 {column} 中出现两次。',
    },
    next: {
      en: 'Name the column of the codes with --code, or mend these rows. Nothing was written.',
      zh: '请用 --code 指定代码列，或修正这些行。未写入任何内容。',
    },
  },
  'standards.too_many_codes': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), limit: z.int() }),
    message: {
      en: '{dataset} has more than {limit} rows: it is no code list.',
      zh: '{dataset} 超过 {limit} 行，不适合作为代码表。',
    },
    next: {
      en: 'Compare with it by a rule foreign_key instead.',
      zh: '请改用 foreign_key 规则与其比对。',
    },
  },
} as const satisfies FailureArea

import { z } from 'zod'

/** Most harmful first. */
export const FINDING_HARMS = ['breaks_load', 'breaks_results', 'exposes_people', 'untidy'] as const
export type FindingHarm = (typeof FINDING_HARMS)[number]

export const FINDING_CODES = [
  'profile.encoding_damage',
  'profile.mojibake',
  'profile.control_characters',
  'profile.mixed_types',
  'profile.ambiguous_dates',
  'profile.semantic_exceptions',
  'profile.duplicate_rows',
  'profile.nearly_unique',
  'profile.dependency_violated',
  'profile.missing_words',
  'profile.blank_values',
  'profile.edge_space',
  'profile.case_variants',
  'profile.extreme_numbers',
  'profile.sentinel_values',
  'profile.outliers',
  'profile.date_gaps',
  'profile.future_dates',
  'profile.numbers_as_text',
  'profile.dates_as_text',
  'profile.personal_data',
  'profile.sensitive_data',
  'profile.confirmed_class',
  'profile.missing_values',
  'profile.missing_together',
  'profile.empty_column',
  'profile.constant',
  'profile.near_constant',
  'profile.rare_categories',
  'profile.redundant_columns',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** A check as the rules of the workspace write one. */
export const ruleProposalSchema = z.object({
  check: z.string(),
  column: z.string().optional(),
  parameters: z.record(z.string(), z.json()),
  /** Rows that violate it now, of those looked at. */
  evidence: z.object({ violations: z.number(), rows: z.number() }),
})
export type RuleProposal = z.infer<typeof ruleProposalSchema>

export const findingSchema = z.object({
  code: z.enum(FINDING_CODES),
  harm: z.enum(FINDING_HARMS),
  /** Those concerned, the first one foremost; none for the table. */
  columns: z.array(z.string()),
  /** Rows concerned, of those looked at. */
  evidence: z.object({ count: z.number(), rows: z.number(), isSample: z.boolean() }),
  /** For the sentence of the code. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  examples: z.array(z.string()),
  /** DuckDB's SQL: the rows concerned. */
  condition: z.string().optional(),
  rule: ruleProposalSchema.optional(),
  /** A pipeline node that mends it: its type and settings without input. */
  fix: z.object({ node: z.string(), config: z.record(z.string(), z.json()) }).optional(),
  /** Whether masking the first column is the answer. */
  mask: z.boolean(),
})
export type Finding = z.infer<typeof findingSchema>

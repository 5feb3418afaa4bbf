import { z } from 'zod'

export const PARQUET_EXTENSIONS = ['.parquet'] as const

export const parquetSourceSchema = z.strictObject({
  /** Types of Hive partition columns by name. Without it DuckDB decides from the folder names: BIGINT, DATE, TIMESTAMP or VARCHAR. */
  partitionTypes: z.record(z.string(), z.string()).default({}),
})
export type ParquetSource = z.infer<typeof parquetSourceSchema>

export const parquetTargetSchema = z.strictObject({
  compression: z.enum(['zstd', 'snappy', 'gzip', 'none']).default('zstd'),
  rowGroupRows: z.int().min(2_048).max(10_000_000).default(122_880),
  /** Columns whose values become folders (`region=EU/`). Only for a dataset that is a folder. */
  partitionBy: z.array(z.string()).default([]),
})
export type ParquetTarget = z.infer<typeof parquetTargetSchema>

import { z } from 'zod'

/**
 * Settings of `connections/<name>.yaml`. Structured fields only: no URL, no driver options, no flags, so that nothing can turn
 * on several statements per call or local files.
 */
export const mysqlConfigSchema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(3306),
  user: z.string().min(1),
  /** Where names without a schema are looked up. */
  database: z.string().min(1).optional(),
  /** `verify` checks the certificate and the host name; `require` encrypts without checking; `off` sends plain text. */
  tls: z.enum(['verify', 'require', 'off']).default('verify'),
  connectTimeoutMs: z.int().min(100).max(120_000).default(10_000),
})
export type MysqlConfig = z.infer<typeof mysqlConfigSchema>

/** What a source node says about a dataset. */
export const mysqlSourceSchema = z.strictObject({
  /** One SELECT, read instead of a table in a read-only transaction; the dataset's name is then only a label. */
  query: z.string().min(1).optional(),
  /** Rows with dates that no calendar has (0000-00-00, 2024-00-00, 2024-02-31): reject them, read NULL, or read all dates as text. */
  invalidDates: z.enum(['reject', 'null', 'text']).default('reject'),
})
export type MysqlSource = z.infer<typeof mysqlSourceSchema>

/** What a target node says about a dataset. */
export const mysqlTargetSchema = z.strictObject({
  /** Connections that load at the same time. */
  connections: z.int().min(1).max(8).default(2),
})
export type MysqlTarget = z.infer<typeof mysqlTargetSchema>

import { z } from 'zod'

const tlsSchema = z.strictObject({
  /**
   * `verify-full` checks the certificate and the host name, `verify-ca` the certificate only, `require` encrypts without checking,
   * `disable` sends plain text.
   */
  mode: z.enum(['verify-full', 'verify-ca', 'require', 'disable']).default('verify-full'),
  /** Certificates to trust besides nothing else: PEM text. The system's when absent. */
  ca: z.string().min(1).optional(),
})

/** Settings of `connections/<name>.yaml`. Structured fields only: no URL, no driver options. */
export const postgresConfigSchema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  user: z.string().min(1),
  /** Where names without a schema are looked up, and where new tables go. */
  schema: z.string().min(1).default('public'),
  tls: tlsSchema.default({ mode: 'verify-full' }),
  applicationName: z.string().min(1).max(63).default('runnel'),
  connectTimeoutMs: z.int().min(100).max(120_000).default(10_000),
  /** The server ends a statement that runs longer. None when absent. */
  statementTimeoutMs: z.int().min(100).optional(),
})
export type PostgresConfig = z.infer<typeof postgresConfigSchema>

/** What a source node says about a dataset. */
export const postgresSourceSchema = z.strictObject({
  /** One SELECT, read instead of a table in a read-only transaction; the dataset's name is then only a label. */
  query: z.string().min(1).optional(),
  /** Connections that read one large table at the same time, on one snapshot. */
  streams: z.int().min(1).max(8).default(2),
})
export type PostgresSource = z.infer<typeof postgresSourceSchema>

/** What a target node says about a dataset. */
export const postgresTargetSchema = z.strictObject({
  /** Connections that load at the same time. */
  connections: z.int().min(1).max(8).default(2),
})

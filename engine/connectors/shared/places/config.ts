import { z } from 'zod'

const host = z.string().min(1)
const directory = z.string().min(1).optional()
const connectTimeoutMs = z.int().min(100).max(120_000).default(10_000)
const ca = z.string().min(1).optional()

/** `SHA256:…` as `ssh-keygen -l` prints it; a server with keys of several kinds may have several. */
const hostKey = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}=?(?:\s+SHA256:[A-Za-z0-9+/]{43}=?)*$/, 'fingerprints like SHA256:…, one per key')

const sftpSchema = z.strictObject({
  kind: z.literal('sftp'),
  host,
  port: z.int().min(1).max(65_535).default(22),
  user: z.string().min(1),
  hostKey: hostKey.optional(),
  directory,
  connectTimeoutMs,
})
export type SftpConfig = z.infer<typeof sftpSchema>

const ftpSchema = z.strictObject({
  kind: z.literal('ftp'),
  host,
  port: z.int().min(1).max(65_535).default(21),
  user: z.string().min(1).default('anonymous'),
  encryption: z.enum(['explicit', 'implicit', 'none']).default('explicit'),
  ca,
  directory,
  connectTimeoutMs,
})
export type FtpConfig = z.infer<typeof ftpSchema>

const s3Schema = z.strictObject({
  kind: z.literal('s3'),
  bucket: z.string().min(1).max(255),
  prefix: z.string().min(1).optional(),
  /** Scheme, host and port of another store than Amazon's. */
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+$/, 'https://host or https://host:port, and nothing behind it')
    .optional(),
  region: z.string().min(1).default('us-east-1'),
  /** The bucket in the path instead of the host name. */
  pathStyle: z.boolean().default(true),
  accessKeyId: z.string().min(1).optional(),
  ca,
  connectTimeoutMs,
})
export type S3Config = z.infer<typeof s3Schema>

const placeSchema = z.discriminatedUnion('kind', [sftpSchema, ftpSchema, s3Schema])
export type PlaceConfig = z.infer<typeof placeSchema>

/** Settings of every connection of files: a folder of this machine, or a place elsewhere. */
export const fileConfigSchema = z
  .strictObject({
    /** Everything that is read or written lies below it; relative to the workspace. */
    folder: z.string().min(1).optional(),
    place: placeSchema.optional(),
  })
  .refine(({ folder, place }) => (folder === undefined) !== (place === undefined), 'either a folder or a place')
export type FileConfig = z.infer<typeof fileConfigSchema>

/** Asked for only by the places that take them. */
export const FILE_SECRETS = ['password', 'privateKey', 'secretKey'] as const

import { z } from 'zod'

const headerSchema = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'not a name of a header')

const hmacSchema = z.strictObject({
  header: headerSchema,
  algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  /** What stands in the header before the signature: `sha256=`. */
  prefix: z.string().max(50).default(''),
})

export const configSchema = z.strictObject({
  /** Where deliveries are kept; a relative one is taken from the workspace. */
  file: z.string().min(1),
  /** How the sender signs: a plain HMAC of the body, Standard Webhooks, or as Stripe does. */
  scheme: z.enum(['hmac', 'standard-webhooks', 'stripe']).default('hmac'),
  hmac: hmacSchema.optional(),
  /** The header that names a delivery. By its body when absent; Standard Webhooks has one of its own. */
  idHeader: headerSchema.optional(),
  /** Headers that are kept beside the body. */
  keepHeaders: z.array(headerSchema).default([]),
  body: z.enum(['json', 'text']).default('json'),
  maxBytes: z.int().min(1).max(16_777_216).default(1_048_576),
  /** How old a signed time may be. */
  toleranceSeconds: z.int().min(1).max(86_400).default(300),
  /** What every reader has is removed after so many days. */
  keepDays: z.int().min(1).max(3_650).default(30),
})
export type WebhookConfig = z.infer<typeof configSchema>

/** What is usual where the connection says nothing about the signature. */
export const USUAL_HMAC = hmacSchema.parse({ header: 'X-Hub-Signature-256', prefix: 'sha256=' })

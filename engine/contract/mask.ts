import { z } from 'zod'

/** Whose key a consistent mask uses: the name of a secret `mask.<key>`; made by `runnel mask key`. */
const keySchema = z
  .string()
  .regex(/^[\p{L}\p{N}_-]+$/u)
  .max(64)
  .default('workspace')
/** Values of different domains are masked apart although the key is the same, so that columns cannot be joined. */
const domainSchema = z.string().max(64).optional()

const keyed = { key: keySchema, domain: domainSchema }

/**
 * What may be done to the values of a column so that they may be seen. NULL stays NULL.
 *
 * Whatever takes a key gives the same for the same value, in every table and every run, as long as the key is the same.
 */
export const maskSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('null') }),
  z.strictObject({ method: z.literal('constant'), value: z.union([z.string(), z.number(), z.boolean()]) }),
  /** Keeps characters at both ends; a text that is not longer than those is masked whole. */
  z.strictObject({
    method: z.literal('partial'),
    first: z.int().min(0).max(64).default(0),
    last: z.int().min(0).max(64).default(0),
    with: z.string().min(1).max(1).default('*'),
  }),
  /** HMAC in lower-case hexadecimal digits. */
  z.strictObject({ method: z.literal('hash'), algorithm: z.enum(['sha256', 'sm3']).default('sha256'), ...keyed }),
  /** Another from a dictionary. Two values may come to the same one. */
  z.strictObject({
    method: z.literal('pseudonym'),
    kind: z.enum(['name', 'company', 'address']),
    language: z.enum(['zh', 'en']).default('zh'),
    ...keyed,
  }),
  /** Another number of the same form with a valid check digit (FF1); what is not of the form has its characters exchanged. */
  z.strictObject({ method: z.literal('format'), form: z.enum(['phone', 'cn_id_card', 'bank_card']), key: keySchema }),
  /** Moves dates by a number of days that is the same for all rows of an entity, so that the time between its dates stays. */
  z.strictObject({
    method: z.literal('date_shift'),
    entity: z.string().min(1),
    days: z.int().min(1).max(3_650).default(90),
    key: keySchema,
  }),
  /** To the nearest multiple. */
  z.strictObject({ method: z.literal('round'), to: z.number().positive() }),
  /** To the beginning of the unit. */
  z.strictObject({ method: z.literal('truncate'), unit: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']) }),
  /** A number becomes the range it lies in, as text; each bound begins a range. */
  z.strictObject({ method: z.literal('bands'), bounds: z.array(z.number()).min(1).max(100) }),
  /** The values stay but change places: they are real, whose they are is not told any more. */
  z.strictObject({ method: z.literal('shuffle'), seed: z.int().default(1) }),
  /** Authenticated; the id of the key stands in the value. `deterministic` shows which values are equal. */
  z.strictObject({
    method: z.literal('encrypt'),
    algorithm: z.enum(['aes-256-gcm', 'sm4']).default('aes-256-gcm'),
    deterministic: z.boolean().default(false),
    key: keySchema,
  }),
  z.strictObject({ method: z.literal('decrypt'), key: keySchema }),
])
export type Mask = z.infer<typeof maskSchema>

export interface ColumnMask {
  readonly column: string
  readonly mask: Mask
}

/** Names of the keys that masks need, each once. */
export function keysOfMasks(masks: readonly Mask[]): string[] {
  return [...new Set(masks.flatMap((mask) => ('key' in mask ? [mask.key] : [])))]
}

import { argon2, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Secret } from '../../base/secret.ts'

const bytesSchema = z.base64()

/** One value sealed under a key: everything but the key that opening it takes. */
export const sealedSchema = z.strictObject({
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    // Upper limits: a file from elsewhere must not make us fill the memory.
    memoryKib: z.int().min(8_192).max(1_048_576),
    passes: z.int().min(1).max(16),
    lanes: z.int().min(1).max(16),
    salt: bytesSchema,
  }),
  nonce: bytesSchema,
  sealed: bytesSchema,
})
export type Sealed = z.infer<typeof sealedSchema>

const TAG_BYTES = 16
const COST = { memoryKib: 65_536, passes: 3, lanes: 4 } as const

/** Seals `secret` with AES-256-GCM under a key made of `key` by argon2id, bound to `name`; salt and nonce are new each time. */
export async function seal(name: string, secret: Secret, key: Secret): Promise<Sealed> {
  const kdf = { name: 'argon2id' as const, ...COST, salt: randomBytes(16).toString('base64') }
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(key, kdf), nonce)
  cipher.setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { kdf, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

/** The text, or undefined when the key is another, or the name or any byte was changed. */
export async function unseal(name: string, box: Sealed, key: Secret): Promise<string | undefined> {
  const bytes = Buffer.from(box.sealed, 'base64')
  const nonce = Buffer.from(box.nonce, 'base64')
  if (bytes.length < TAG_BYTES || nonce.length !== 12) return undefined
  const decipher = createDecipheriv('aes-256-gcm', await derive(key, box.kdf), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    )
  } catch {
    return undefined
  }
}

async function derive(key: Secret, kdf: Sealed['kdf']): Promise<Buffer> {
  return promisify(argon2)('argon2id', {
    message: key.reveal(),
    nonce: Buffer.from(kdf.salt, 'base64'),
    parallelism: kdf.lanes,
    memory: kdf.memoryKib,
    passes: kdf.passes,
    tagLength: 32,
  })
}

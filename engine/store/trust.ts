import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

/** Who may talk to this engine and whose bundles it accepts. Tokens are kept as SHA-256: they are 256 random bits. */
export interface TrustStore {
  addToken(token: string, name: string): void
  /** The name of the token's holder. */
  tokenName(token: string): string | undefined
  hasTokens(): boolean
  addKey(key: { readonly keyId: string; readonly publicKey: string; readonly name: string }): void
  keys(): ReadonlyMap<string, string>
  /** Remembers a nonce; false when it was used before. */
  useNonce(nonce: string): boolean
}

export function trustStore(database: StoreDatabase, clock: Clock): TrustStore {
  const insertToken = database.prepare('INSERT INTO tokens (hash, name, created_at) VALUES (?, ?, ?)')
  const findToken = database.prepare('SELECT name FROM tokens WHERE hash = ?')
  const countTokens = database.prepare('SELECT count(*) AS n FROM tokens')
  const insertKey = database.prepare(
    `INSERT INTO trusted_keys (key_id, public_key, name, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (key_id) DO NOTHING`,
  )
  const selectKeys = database.prepare('SELECT key_id, public_key FROM trusted_keys')
  const insertNonce = database.prepare(
    'INSERT INTO nonces (nonce, used_at) VALUES (?, ?) ON CONFLICT (nonce) DO NOTHING',
  )
  return {
    addToken: (token, name) => void insertToken.run(digest(token), name, clock.now()),
    tokenName: (token) => {
      const row = findToken.get(digest(token))
      return row === undefined ? undefined : z.object({ name: z.string() }).parse(row).name
    },
    hasTokens: () => z.object({ n: z.number() }).parse(countTokens.get()).n > 0,
    addKey: ({ keyId, publicKey, name }) => void insertKey.run(keyId, publicKey, name, clock.now()),
    keys: () =>
      new Map(
        z
          .array(z.object({ key_id: z.string(), public_key: z.string() }))
          .parse(selectKeys.all())
          .map((row) => [row.key_id, row.public_key]),
      ),
    useNonce: (nonce) => insertNonce.run(nonce, clock.now()).changes === 1,
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

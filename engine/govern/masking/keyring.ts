import { hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Secret } from '../../base/secret.ts'
import { Failure } from '../../contract/failure.ts'

/** The versions of one named key: new values are sealed with the current one, old ones open with theirs. */
export interface MaskKey {
  readonly name: string
  /** Id of the version that is used now. */
  readonly current: string
  /** @throws Failure `mask.key_version_unknown` */
  readonly version: (id: string) => Buffer
}

/** The keys that one piece of work needs, by name. */
export type Keyring = ReadonlyMap<string, MaskKey>

const KEY_BYTES = 32

const keyTextSchema = z.strictObject({
  version: z.literal(1),
  current: z.string(),
  keys: z.record(z.string().regex(/^\d{1,6}$/), z.base64()),
})

/** The secret that holds a key. */
export function secretOfKey(name: string): string {
  return `mask.${name}`
}

/** A key with one version, as it is kept in its secret. */
export function newKeyText(): Secret {
  return printKey({ version: 1, current: '1', keys: { '1': randomBytes(KEY_BYTES).toString('base64') } })
}

/** The same key with one more version, which is used from now on. */
export function rotatedKeyText(name: string, text: Secret): Secret {
  const { keys, current } = parseKey(name, text)
  const next = String(Math.max(...Object.keys(keys).map(Number), Number(current)) + 1)
  return printKey({
    version: 1,
    current: next,
    keys: { ...keys, [next]: randomBytes(KEY_BYTES).toString('base64') },
  })
}

/**
 * Fetches keys before they are used, since values are masked without waiting.
 * @throws Failure `mask.key_missing`, `mask.key_damaged`, and those of the secret store.
 */
export async function openKeyring(
  names: readonly string[],
  secret: (name: string) => Promise<Secret | undefined>,
): Promise<Keyring> {
  const keys = new Map<string, MaskKey>()
  for (const name of names) {
    const text = await secret(secretOfKey(name))
    if (text === undefined) throw new Failure('mask.key_missing', { key: name })
    keys.set(name, openKey(name, text))
  }
  return keys
}

/** Keys for tests of pipelines: the same everywhere, so that what a test expects holds on every machine. They protect nothing. */
export function keyringForTests(names: readonly string[]): Keyring {
  return new Map(
    names.map((name) => [name, { name, current: '1', version: () => derivedKey(Buffer.from(name), 'runnel tests') }]),
  )
}

export function openKey(name: string, text: Secret): MaskKey {
  const { keys, current } = parseKey(name, text)
  const versions = new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]))
  return {
    name,
    current,
    version: (id) => {
      const key = versions.get(id)
      if (key === undefined) throw new Failure('mask.key_version_unknown', { key: name, version: id })
      return key
    },
  }
}

/** A key of its own for each purpose (HKDF-SHA-256), so that what one method shows says nothing about another. */
export function derivedKey(key: Buffer, purpose: string, bytes = KEY_BYTES): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, bytes))
}

function parseKey(name: string, text: Secret): z.infer<typeof keyTextSchema> {
  const parsed = keyTextSchema.safeParse(jsonOf(text.reveal()))
  const isSound =
    parsed.success &&
    Object.hasOwn(parsed.data.keys, parsed.data.current) &&
    Object.values(parsed.data.keys).every((key) => Buffer.from(key, 'base64').length === KEY_BYTES)
  if (!isSound) throw new Failure('mask.key_damaged', { key: name })
  return parsed.data
}

function printKey(key: z.infer<typeof keyTextSchema>): Secret {
  return new Secret(JSON.stringify(key))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import type { Secret } from '../../base/secret.ts'

/** Where secrets rest. Names are those of `${secret:name}`. */
export interface SecretStore {
  /** `key-store` is the operating system's; `file` is encrypted. */
  readonly kind: 'key-store' | 'file'
  /** @throws Failure `secret.key_missing`, `secret.wrong_key`, `secret.store_damaged`; never gives a wrong value. */
  get(name: string): Promise<Secret | undefined>
  set(name: string, secret: Secret): Promise<void>
  /** Whether it was there. */
  delete(name: string): Promise<boolean>
}

/** Asks for the key of the encrypted file; undefined when nobody can answer. Called once, when first needed. */
export type AskKey = () => Promise<Secret | undefined>

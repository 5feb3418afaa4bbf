import { createHash, sign, verify } from 'node:crypto'
import type { Bundle, BundleManifest } from '../contract/bundle-file.ts'
import { Failure } from '../contract/failure.ts'
import { canonicalJson } from './canonical-json.ts'
import { parsePublicKey, type SigningKey } from './keys.ts'
import { bytesOf } from './parse-bundle.ts'

/** How far two computers' clocks may be apart. */
const SKEW_MS = 5 * 60_000
/** Keeps a signature over a manifest from being one over anything else. */
const PURPOSE = 'runnel bundle 1\n'

export interface VerifyOptions {
  /** Public keys (`ed25519:<base64>`) by key id. */
  readonly trustedKeys: ReadonlyMap<string, string>
  readonly nowMs: number
  /** Remembers a nonce; false when it was used before. Called last, once, and only for a bundle that is sound. */
  readonly useNonce: (nonce: string) => boolean
}

/** The same bundle with a signature; one that was there is replaced. */
export function signBundle({ manifest, files }: Bundle, { keyId, privateKey }: SigningKey): Bundle {
  return { manifest, signature: sign(null, signedBytes(manifest), privateKey).toString('base64'), keyId, files }
}

/**
 * Passes only a bundle that a trusted key signed, with exactly the files signed for, in its time, for the first time.
 * @throws Failure `bundle.unsigned`, `bundle.untrusted`, `bundle.tampered`, `bundle.not_yet_valid`, `bundle.expired`,
 * `bundle.replayed`
 */
export function verifyBundle(bundle: Bundle, { trustedKeys, nowMs, useNonce }: VerifyOptions): void {
  const { manifest, signature, keyId } = bundle
  const { job } = manifest
  if (signature === undefined || signature === '' || keyId === undefined) throw new Failure('bundle.unsigned', { job })
  const publicKey = trustedKeys.get(keyId)
  if (publicKey === undefined) throw new Failure('bundle.untrusted', { job, keyId })
  if (!verify(null, signedBytes(manifest), parsePublicKey(publicKey), Buffer.from(signature, 'base64'))) {
    throw new Failure('bundle.tampered', { job, subject: 'manifest' })
  }
  verifyFiles(bundle)
  if (Date.parse(manifest.createdAt) > nowMs + SKEW_MS) {
    throw new Failure('bundle.not_yet_valid', { job, createdAt: manifest.createdAt })
  }
  if (Date.parse(manifest.expiresAt) < nowMs - SKEW_MS) {
    throw new Failure('bundle.expired', { job, expiresAt: manifest.expiresAt })
  }
  if (!useNonce(manifest.nonce)) throw new Failure('bundle.replayed', { job })
}

/** SHA-256 of what a bundle holds, whenever it was made: the same content is the same deployment. */
export function bundleDigest({ version, job, files }: BundleManifest): string {
  return sha256(canonicalJson({ version, job, files }))
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function verifyFiles({ manifest, files }: Bundle): void {
  const { job } = manifest
  for (const [path, digest] of Object.entries(manifest.files)) {
    const content = Object.hasOwn(files, path) ? files[path] : undefined
    if (content === undefined || sha256(bytesOf(content)) !== digest) {
      throw new Failure('bundle.tampered', { job, subject: path })
    }
  }
  const added = Object.keys(files).find((path) => !Object.hasOwn(manifest.files, path))
  if (added !== undefined) throw new Failure('bundle.tampered', { job, subject: added })
}

function signedBytes(manifest: BundleManifest): Buffer {
  return Buffer.from(PURPOSE + canonicalJson(manifest), 'utf8')
}

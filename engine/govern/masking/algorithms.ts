import { getCiphers, getHashes } from 'node:crypto'
import { Failure } from '../../contract/failure.ts'

/** @throws Failure `mask.algorithm_missing` where the crypto library of this program was built without it (Electron's lacks SM3 and SM4). */
export function requireDigest(name: string): void {
  if (!getHashes().some((known) => known.toLowerCase() === name)) throw missing(name)
}

/** @throws Failure `mask.algorithm_missing` */
export function requireCipher(name: string): void {
  if (!getCiphers().includes(name)) throw missing(name)
}

function missing(algorithm: string): Failure {
  return new Failure('mask.algorithm_missing', { algorithm })
}

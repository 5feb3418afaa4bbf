import { createHmac } from 'node:crypto'
import type { Mask } from '../../contract/mask.ts'
import { maskSchema } from '../../contract/mask.ts'
import type { MaskValue } from '../../duck/row-functions.ts'
import { requireDigest } from './algorithms.ts'
import { maskNumber } from './format-preserving.ts'
import { derivedKey, type Keyring, type MaskKey } from './keyring.ts'
import { pseudonym } from './pseudonym.ts'
import { scrambled } from './scramble.ts'
import { seal, unseal } from './seal.ts'

type MaskText = (value: string) => string

const REMEMBERED = 20_000

/** What DuckDB calls for each value. Masks and keys are prepared once; values seen lately are not computed again. */
export function maskValueWith(keyring: Keyring): MaskValue {
  const prepared = new Map<string, MaskText>()
  return (how, value) => {
    let mask = prepared.get(how)
    if (mask === undefined) prepared.set(how, (mask = prepare(maskSchema.parse(JSON.parse(how)), keyring)))
    return mask(value)
  }
}

function prepare(mask: Mask, keyring: Keyring): MaskText {
  switch (mask.method) {
    case 'hash': {
      requireDigest(mask.algorithm)
      const secret = derivedKey(currentOf(keyring, mask.key), `hash:${mask.domain ?? ''}`)
      return remembering((value) => createHmac(mask.algorithm, secret).update(value).digest('hex'))
    }
    case 'pseudonym': {
      const secret = derivedKey(currentOf(keyring, mask.key), `pseudonym:${mask.domain ?? ''}`)
      return remembering((value) => pseudonym(secret, mask, value))
    }
    case 'format': {
      const secret = derivedKey(currentOf(keyring, mask.key), 'format')
      return remembering((value) => maskNumber(secret, mask.form, value) ?? scrambled(secret, value))
    }
    case 'date_shift': {
      const secret = derivedKey(currentOf(keyring, mask.key), 'date_shift')
      return remembering((entity) => String(shiftOf(secret, entity, mask.days)))
    }
    case 'encrypt': {
      const key = keyNamed(keyring, mask.key)
      return (value) => seal(key, mask, value)
    }
    case 'decrypt': {
      const key = keyNamed(keyring, mask.key)
      return (value) => unseal(key, value)
    }
    case 'null':
    case 'constant':
    case 'partial':
    case 'round':
    case 'truncate':
    case 'bands':
    case 'shuffle':
      throw new RangeError(`${mask.method} is SQL of its own`)
  }
}

/** From -days to days, never none. */
function shiftOf(secret: Buffer, entity: string, days: number): number {
  const drawn = createHmac('sha256', secret).update(entity).digest().readUIntBE(0, 6) % (2 * days)
  return drawn < days ? drawn - days : drawn - days + 1
}

function keyNamed(keyring: Keyring, name: string): MaskKey {
  const key = keyring.get(name)
  if (key === undefined) throw new RangeError(`the key ${name} was not fetched`)
  return key
}

function currentOf(keyring: Keyring, name: string): Buffer {
  const key = keyNamed(keyring, name)
  return key.version(key.current)
}

function remembering(mask: MaskText): MaskText {
  const seen = new Map<string, string>()
  return (value) => {
    const known = seen.get(value)
    if (known !== undefined) return known
    if (seen.size >= REMEMBERED) seen.clear()
    const masked = mask(value)
    seen.set(value, masked)
    return masked
  }
}

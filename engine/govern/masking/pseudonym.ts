import { createHmac } from 'node:crypto'
import type { Mask } from '../../contract/mask.ts'
import { addressEn } from './dictionaries/addresses-en.ts'
import { addressZh } from './dictionaries/addresses-zh.ts'
import { companyEn, companyZh } from './dictionaries/companies.ts'
import type { Draw } from './dictionaries/draw.ts'
import { nameEn } from './dictionaries/names-en.ts'
import { nameZh } from './dictionaries/names-zh.ts'

export type PseudonymChoice = Pick<Extract<Mask, { method: 'pseudonym' }>, 'kind' | 'language'>

const MAKERS: Readonly<
  Record<PseudonymChoice['kind'], Readonly<Record<PseudonymChoice['language'], (draw: Draw) => string>>>
> = {
  name: { zh: nameZh, en: nameEn },
  company: { zh: companyZh, en: companyEn },
  address: { zh: addressZh, en: addressEn },
}

/** An invented name for a value, always the same one under the same key and never the value itself. */
export function pseudonym(key: Buffer, { kind, language }: PseudonymChoice, value: string): string {
  const make = MAKERS[kind][language]
  for (let attempt = 0; ; attempt++) {
    const made = make(
      drawFrom(createHmac('sha256', key).update(`${kind}:${language}:${attempt}:`).update(value).digest()),
    )
    if (made !== value) return made
  }
}

/** Takes four bytes of the digest for each choice; there are eight. */
function drawFrom(digest: Buffer): Draw {
  let at = 0
  return (choices) => {
    const picked = choices[digest.readUInt32BE(at) % choices.length]
    at += 4
    if (picked === undefined) throw new RangeError('nothing to choose from')
    return picked
  }
}

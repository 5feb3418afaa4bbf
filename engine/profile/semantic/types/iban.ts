import { mod97 } from '../checksums.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Lengths of the SWIFT IBAN registry. */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 ' +
    'FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 ' +
    'LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
    'SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

/** ISO 13616: country's length and MOD 97-10; spaces are allowed. */
export const iban: SemanticType = {
  id: 'iban',
  title: { en: 'IBAN', zh: '国际银行账号 (IBAN)' },
  personal: 'sensitive',
  evidence: 'proof',
  names: /iban|bank_?acc|账号/,
  prefilter: '(?i)[a-z]{2}[0-9]{2}( ?[a-z0-9]){11,30}',
  matches: (value) => {
    const text = value.replaceAll(' ', '').toUpperCase()
    if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(text) || LENGTHS.get(text.slice(0, 2)) !== text.length) return false
    return mod97(text.slice(4) + text.slice(0, 4)) === 1
  },
}

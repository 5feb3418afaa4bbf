import type { SemanticType } from './semantic-type.ts'
import { address } from './types/address.ts'
import { amount } from './types/amount.ts'
import { bankCard } from './types/bank-card.ts'
import { birthday } from './types/birthday.ts'
import { cnIdCard } from './types/cn-id-card.ts'
import { cnLandline } from './types/cn-landline.ts'
import { cnMobile } from './types/cn-mobile.ts'
import { cnName } from './types/cn-name.ts'
import { cnPlate } from './types/cn-plate.ts'
import { cnPostcode } from './types/cn-postcode.ts'
import { cnRegion } from './types/cn-region.ts'
import { cnRegionCode } from './types/cn-region-code.ts'
import { country } from './types/country.ts'
import { creditCode } from './types/credit-code.ts'
import { currency } from './types/currency.ts'
import { dateText } from './types/date-text.ts'
import { email } from './types/email.ts'
import { euVat } from './types/eu-vat.ts'
import { gender } from './types/gender.ts'
import { geo } from './types/geo.ts'
import { iban } from './types/iban.ts'
import { ipv4 } from './types/ipv4.ts'
import { ipv6 } from './types/ipv6.ts'
import { json } from './types/json.ts'
import { mac } from './types/mac.ts'
import { phone } from './types/phone.ts'
import { unit } from './types/unit.ts'
import { url } from './types/url.ts'
import { uuid } from './types/uuid.ts'
import { xml } from './types/xml.ts'

/** Every semantic type: the only place that knows them all. Of two that explain a column equally well the earlier is told first. */
export const SEMANTIC_TYPES: readonly SemanticType[] = [
  cnIdCard,
  creditCode,
  bankCard,
  iban,
  euVat,
  email,
  url,
  uuid,
  ipv4,
  ipv6,
  mac,
  cnMobile,
  phone,
  cnLandline,
  cnPlate,
  cnRegion,
  cnName,
  address,
  gender,
  birthday,
  geo,
  json,
  xml,
  currency,
  country,
  amount,
  unit,
  dateText,
  cnRegionCode,
  cnPostcode,
]

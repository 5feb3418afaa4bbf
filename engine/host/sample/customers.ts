import { CITIES, CUSTOMER_LEVELS, FAMILY_NAMES, GIVEN_NAMES } from './chinese-words.ts'
import { seededRandom } from './random.ts'

export interface Customer {
  readonly id: number
  readonly name: string
  readonly level: string
  readonly city: string
  readonly region: string
  /** With a leading + and leading zeros in area codes: text, never a number. */
  readonly phone: string
  readonly registered: string
}

/** Customers 1 to `count`; the same for the same seed. */
export function sampleCustomers(count: number, seed: number): Customer[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const { city, region, areaCode } = random.pick(CITIES)
    const mobile = `+861${random.pick(['3', '5', '7', '8'])}${digits(random.below(1_000_000_000), 9)}`
    return {
      id: i + 1,
      name: random.pick(FAMILY_NAMES) + random.pick(GIVEN_NAMES),
      level: random.pick(CUSTOMER_LEVELS),
      city,
      region,
      phone: random.chance(0.9) ? mobile : `${areaCode}-${digits(random.below(100_000_000), 8)}`,
      registered: dayAfter('2019-01-01', random.below(2_400)),
    }
  })
}

/** ISO date some days after another. */
export function dayAfter(start: string, days: number): string {
  return new Date(Date.parse(`${start}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

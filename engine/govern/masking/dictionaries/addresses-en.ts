import type { Draw } from './draw.ts'
import { FAMILY_NAMES_EN } from './names-en.ts'

const WAYS = ['Street', 'Road', 'Avenue', 'Lane', 'Drive', 'Court', 'Way', 'Place']
const TOWNS =
  'Ashford Bedford Bristol Cambridge Chester Clinton Dover Fairview Franklin Georgetown Greenville Hamilton Kingston Lancaster Lexington Madison Milton Newport Oakland Oxford Plymouth Richmond Riverside Salem Springfield Stratford Warwick Winchester Windsor York'.split(
    ' ',
  )
const STATES =
  'AL AZ CA CO CT FL GA IL IN IA KS KY MA MD ME MI MN MO NC NE NH NJ NY OH OR PA TN TX UT VA VT WA WI'.split(' ')
const NUMBERS = Array.from({ length: 4_000 }, (_, i) => i + 1)
const CODES = Array.from({ length: 89_999 }, (_, i) => String(10_000 + i))

export function addressEn(draw: Draw): string {
  const [number, name, way, town] = [draw(NUMBERS), draw(FAMILY_NAMES_EN), draw(WAYS), draw(TOWNS)]
  return `${number} ${name} ${way}, ${town}, ${draw(STATES)} ${draw(CODES)}`
}

import type { SemanticType } from '../semantic-type.ts'

const PAIR = /^[([]?([+-]?\d{1,3}\.\d+)[,; ]\s?([+-]?\d{1,3}\.\d+)[)\]]?$/
const POINT = /^POINT ?Z? ?\(([+-]?\d{1,3}(?:\.\d+)?) ([+-]?\d{1,3}(?:\.\d+)?)(?: [+-]?\d+(?:\.\d+)?)?\)$/i
/** ISO 6709 annex H: latitude, longitude, perhaps height and reference system, ended by a stroke. */
const SIGNED = /^([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS[^/]*)?\/$/
const DEGREES =
  /^\d{1,2}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d+)?["″])?\s?[NS],?\s?\d{1,3}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d+)?["″])?\s?[EW]$/i

/** A place as one text: decimal pair in either order, WKT POINT, ISO 6709, or degrees and minutes. A person's exact place is sensitive (PIPL 28). */
export const geo: SemanticType = {
  id: 'geo_coordinate',
  title: { en: 'Geographic coordinates', zh: '地理坐标' },
  personal: 'sensitive',
  evidence: 'proof',
  names: /(^|_)(geo|coord|location|position|lat|lon|lng)|坐标|经纬度|位置|zuobiao/,
  prefilter:
    '(?i)[(\\[]?[+-]?[0-9]{1,3}\\.[0-9]+[,; ] ?[+-]?[0-9]{1,3}\\.[0-9]+[)\\]]?|point ?z? ?\\(.*\\)|[0-9]{1,2}°.*[ew]|[+-][0-9]{2}[0-9.+-]{4,40}(CRS[^/]*)?/',
  matches: (value) => {
    const signed = SIGNED.exec(value)
    const match = signed ?? PAIR.exec(value) ?? POINT.exec(value)
    if (match === null) return DEGREES.test(value)
    const [a, b] = [Math.abs(Number(match[1])), Math.abs(Number(match[2]))]
    return (a <= 90 && b <= 180) || (signed === null && a <= 180 && b <= 90)
  },
}

/** Units of one quantity, each by the names it goes by. */
const QUANTITIES: readonly (readonly (readonly string[])[])[] = [
  [
    ['g', 'gram', 'grams', '克'],
    ['kg', 'kilogram', 'kilograms', '千克', '公斤'],
    ['t', 'ton', 'tons', '吨'],
    ['mg', '毫克'],
    ['lb', 'lbs', 'pound', 'pounds', '磅'],
  ],
  [
    ['mm', '毫米'],
    ['cm', '厘米'],
    ['m', 'meter', 'metre', 'meters', 'metres', '米'],
    ['km', '千米', '公里'],
    ['inch', 'inches', '英寸'],
  ],
  [
    ['ms', 'millis', 'milliseconds', '毫秒'],
    ['s', 'sec', 'seconds', '秒'],
    ['min', 'minutes', '分钟'],
    ['h', 'hours', '小时'],
    ['d', 'days', '天'],
  ],
  [['元', 'yuan'], ['万元'], ['分', 'fen'], ['亿元']],
  [
    ['c', '℃', 'celsius', '摄氏度'],
    ['f', '℉', 'fahrenheit', '华氏度'],
    ['k', 'kelvin'],
  ],
]

/**
 * Another unit of the same quantity that a column says it is in: as last word of its name (`weight_g`), or in its comment behind a
 * bracket or 单位 (`重量（克）`). Undefined when it says none, or the one that is wanted.
 */
export function otherUnit(name: readonly string[], comment: string | undefined, wanted: string): string | undefined {
  const quantity = QUANTITIES.find((units) => units.some((names) => names.includes(wanted.toLowerCase())))
  if (quantity === undefined) return undefined
  const told = [name.length > 1 ? name.at(-1) : undefined, unitOfComment(comment)]
  for (const unit of told) {
    const names = quantity.find((candidates) => unit !== undefined && candidates.includes(unit.toLowerCase()))
    if (names !== undefined) return names.includes(wanted.toLowerCase()) ? undefined : unit
  }
  return undefined
}

function unitOfComment(comment: string | undefined): string | undefined {
  const match = comment?.match(/[（(]\s*(?:单位|unit)?\s*[:：]?\s*([^（()）]+?)\s*[)）]|单位\s*[:：]?\s*(\S+)/iu)
  return match?.[1] ?? match?.[2]
}

import { CATEGORIES } from './chinese-words.ts'
import { seededRandom } from './random.ts'

export interface Product {
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly price: number
  readonly unit: string
  readonly tags: readonly string[]
  readonly supplier: { readonly name: string; readonly contact: { readonly city: string; readonly rating: number } }
}

/** Products with nested supplier and a list of tags. `sku` has leading zeros. */
export function sampleProducts(count: number, seed: number): Product[] {
  const random = seededRandom(seed ^ 0x5bd1e995)
  return Array.from({ length: count }, (_, i) => {
    const { category, goods, unit, fromCents } = random.pick(CATEGORIES)
    return {
      sku: String(i + 1).padStart(6, '0'),
      name: `${random.pick(goods)}${random.pick(['', '（礼盒装）', ' 2026款', '·经典'])}`,
      category,
      price: (fromCents + random.below(20) * 100) / 100,
      unit,
      tags: (['新品', '热销', '包邮', '限量'] as const).filter(() => random.chance(0.35)),
      supplier: {
        name: `${random.pick(['华光', '恒信', '东方', '瑞丰'])}${random.pick(['贸易', '实业', '科技'])}有限公司`,
        contact: { city: random.pick(['杭州', '广州', '成都', '青岛']), rating: 3 + random.below(21) / 10 },
      },
    }
  })
}

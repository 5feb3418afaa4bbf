import { isRegionName } from '../regions.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Name of a province or prefecture (GB/T 2260), short or full, or province and prefecture together. */
export const cnRegion: SemanticType = {
  id: 'cn_region',
  title: { en: 'Chinese region', zh: '行政区划名称' },
  personal: 'none',
  evidence: 'proof',
  names: /province|city|region|area|省|城市|地区|行政区|shengfen|chengshi/,
  prefilter: '\\p{Han}{2,20}',
  matches: isRegionName,
}

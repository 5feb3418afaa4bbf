import { PREFECTURES, PROVINCES } from '../../../profile/semantic/regions.ts'
import type { Draw } from './draw.ts'

/** Province and prefecture; of the four cities under the central government the city alone. */
const REGIONS = [...PREFECTURES]
  .map(([code, name]) => ({ province: PROVINCES.get(code.slice(0, 2)) ?? '', name }))
  .filter(({ name }) => name !== '县' && name !== '直辖县')
  .map(({ province, name }) => (name === '市辖区' ? province : province + name))
const ROADS =
  '人民 中山 解放 建设 和平 新华 文化 胜利 长江 黄河 朝阳 光明 友谊 团结 幸福 振兴 学府 科技 滨河 湖滨 东风 迎宾 花园 翠竹 梧桐 桂花 青年 工业 商贸 站前 体育 环城'.split(
    ' ',
  )
const WAYS = ['路', '大道', '街', '东路', '西路', '南路', '北路', '中路']
const NUMBERS = Array.from({ length: 999 }, (_, i) => i + 1)
const FLOORS = Array.from({ length: 32 }, (_, i) => i + 1)
const DOORS = ['01', '02', '03', '04', '05', '06']

export function addressZh(draw: Draw): string {
  const [region, road, way, number] = [draw(REGIONS), draw(ROADS), draw(WAYS), draw(NUMBERS)]
  return `${region}${road}${way}${number}号${draw(FLOORS)}${draw(DOORS)}室`
}

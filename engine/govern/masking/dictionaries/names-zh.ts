import { COMPOUND_SURNAMES, SURNAMES } from '../../../profile/semantic/surnames.ts'
import type { Draw } from './draw.ts'

const FAMILY = [...SURNAMES, ...COMPOUND_SURNAMES]

/** Characters that are common in given names. */
export const GIVEN_CHARACTERS: readonly string[] = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲辉华红鹏飞波斌宇浩凯健俊帆旭宁婷雪琳晨阳欣怡佳琪雅思颖慧莹洁梅兰竹菊春秋冬夏文武博彦卓然子涵轩睿泽瑞嘉诺逸安乐康宏志远航海山川林森岩松柏青云月星辰光亮晶莉蓉萍桂英秀珍玉珠琴瑶倩楠薇璐岚韵诗书画礼信义德仁善良和顺福祥庆喜悦心语桐舒清源润泉江河洲',
)

/** A family name and one or two characters. */
export function nameZh(draw: Draw): string {
  const family = draw(FAMILY)
  const first = draw(GIVEN_CHARACTERS)
  const second = draw(GIVEN_CHARACTERS)
  return draw([true, true, true, false]) ? family + first + second : family + first
}

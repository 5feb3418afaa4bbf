import { PREFECTURES } from '../../../profile/semantic/regions.ts'
import type { Draw } from './draw.ts'
import { FAMILY_NAMES_EN } from './names-en.ts'

const CITIES = [...PREFECTURES.values()].filter((name) => name.endsWith('市')).map((name) => name.slice(0, -1))
const MARKS = Array.from('华中金瑞恒盛泰和鑫源宏达信诚嘉禾安康天宇博远凯利德丰东方新时亚太联创汇智启明星辰海川锦程')
const TRADES =
  '科技 贸易 实业 食品 医药 纺织 机械 电子 建材 物流 能源 化工 农业 文化传媒 信息技术 环保 服饰 家居 汽车配件 仪器'.split(
    ' ',
  )
const FORMS = ['有限公司', '有限公司', '有限责任公司', '股份有限公司']

export function companyZh(draw: Draw): string {
  return `${draw(CITIES)}${draw(MARKS)}${draw(MARKS)}${draw(TRADES)}${draw(FORMS)}`
}

const TRADES_EN =
  'Foods Trading Logistics Pharma Textiles Machinery Electronics Materials Energy Chemicals Farms Media Systems Environmental Apparel Home Motors Instruments'.split(
    ' ',
  )
const FORMS_EN = ['Ltd.', 'Inc.', 'LLC', 'Group', 'Holdings']

export function companyEn(draw: Draw): string {
  return `${draw(FAMILY_NAMES_EN)} & ${draw(FAMILY_NAMES_EN)} ${draw(TRADES_EN)} ${draw(FORMS_EN)}`
}

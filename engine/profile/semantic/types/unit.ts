import type { SemanticType } from '../semantic-type.ts'

const UNITS = new Set(
  (
    'mm cm dm m km nm μm in ft yd mi mg g kg t lb oz ml cl l L m2 m3 m² m³ ㎡ ㎥ m/s km/h kg/m³ N N·m Ω lx lm cd ha s ms min h d Hz kHz MHz GHz V kV mV A mA W kW MW kWh ' +
    'MWh J kJ MJ Pa kPa MPa bar °C °F K % ‰ ppm B KB MB GB TB pcs pc ea set box pair dozen kn rpm dB mol ' +
    '米 厘米 毫米 千米 公里 克 千克 公斤 吨 斤 升 毫升 立方米 平方米 亩 个 件 箱 台 套 只 条 张 瓶 包 袋 桶 支 根 块 双 盒 组 人 次 米² 秒 分钟 小时 天'
  ).split(' '),
)
const MEASURED = /^[+-]?\d+(?:[.,]\d+)? ?(\S{1,4})$/

/** A unit of measure (SI, GB 3100) or counting, or a number followed by one. */
export const unit: SemanticType = {
  id: 'unit',
  title: { en: 'Unit of measure', zh: '计量单位' },
  personal: 'none',
  evidence: 'shape',
  names: /unit|uom|单位|danwei|weight|length|重量|长度/,
  prefilter: '([+-]?[0-9]+([.,][0-9]+)? ?)?\\S{1,5}',
  matches: (value) => UNITS.has(value) || UNITS.has(MEASURED.exec(value)?.[1] ?? ''),
}

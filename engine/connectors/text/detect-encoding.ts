import { analyse } from 'chardet'
import { encodingOf, strictDecoder, type TextEncoding } from '../shared/text-encoding.ts'

export interface DetectedEncoding {
  readonly encoding: TextEncoding
  /** 0 to 1. Below CERTAIN_FROM the reader is warned. */
  readonly confidence: number
  readonly because: string
}

export const CERTAIN_FROM = 0.7

/** chardet's names for encodings Runnel reads. Latin-1 kin become Windows-1252, which holds them all. */
const CHARDET_NAMES: Readonly<Record<string, string>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'windows-1251': 'windows-1251',
}

/**
 * The encoding of a text by its first bytes: a byte order mark, else strict validity as UTF-8, else UTF-16's zero bytes, else
 * statistics over the decodings that are possible at all. `sample` should end at a line end unless it is the whole file.
 */
export function detectEncoding(sample: Buffer): DetectedEncoding {
  const marked = byMark(sample)
  if (marked !== undefined) return marked
  if (sample.every((byte) => byte < 0x80 && byte !== 0)) {
    return { encoding: encodingOf('utf-8'), confidence: 1, because: 'only ASCII so far' }
  }
  const wide = byZeroBytes(sample)
  if (wide !== undefined) return wide
  const share = validUtf8Share(sample)
  if (share === 1) return { encoding: encodingOf('utf-8'), confidence: 0.99, because: 'valid UTF-8' }
  const statistical = byStatistics(sample)
  // A few broken lines in a text that is otherwise UTF-8 beyond ASCII are damage, not another encoding.
  if (share > 0.5)
    return { encoding: encodingOf('utf-8'), confidence: 0.5 + share / 4, because: 'UTF-8 with invalid lines' }
  return statistical
}

function byMark(sample: Buffer): DetectedEncoding | undefined {
  const head = sample.toString('hex', 0, 3)
  const name = head.startsWith('efbbbf')
    ? 'utf-8-bom'
    : head.startsWith('fffe')
      ? 'utf-16le'
      : head.startsWith('feff')
        ? 'utf-16be'
        : undefined
  return name === undefined ? undefined : { encoding: encodingOf(name), confidence: 1, because: 'byte order mark' }
}

/** Text in UTF-16 has a zero in most pairs, always on the same side, as soon as digits, delimiters or line ends occur. */
function byZeroBytes(sample: Buffer): DetectedEncoding | undefined {
  const zeros: [number, number] = [0, 0]
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2 === 0 ? 0 : 1]++
  const [even, odd] = zeros
  const more = Math.max(even, odd)
  if (more < sample.length / 40 || Math.min(even, odd) > more / 10) return undefined
  const encoding = encodingOf(odd > even ? 'utf-16le' : 'utf-16be')
  const isValid = strictDecoder(encoding)(sample.subarray(0, sample.length - (sample.length % 2))) !== undefined
  return isValid ? { encoding, confidence: 0.85, because: 'a zero byte in every second place' } : undefined
}

/** Of the lines with bytes beyond ASCII, the share that is valid UTF-8. */
function validUtf8Share(sample: Buffer): number {
  const decode = strictDecoder(encodingOf('utf-8'))
  if (decode(sample) !== undefined) return 1
  let valid = 0
  let beyondAscii = 0
  for (const line of linesOf(sample)) {
    if (line.every((byte) => byte < 0x80)) continue
    beyondAscii++
    if (decode(line) !== undefined) valid++
  }
  return beyondAscii === 0 ? 0 : Math.min(0.99, valid / beyondAscii)
}

interface Candidate {
  readonly name: string
  readonly score: number
}

function byStatistics(sample: Buffer): DetectedEncoding {
  const guesses = new Map<string, number>()
  for (const { name, confidence } of analyse(sample)) {
    const known = CHARDET_NAMES[name]
    if (known !== undefined) guesses.set(known, Math.max(guesses.get(known) ?? 0, confidence / 100))
  }
  const candidates = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1251', 'windows-1252']
    .map((name): Candidate => {
      const plausible = plausibility(name, sample)
      return { name, score: plausible === 0 ? 0 : 0.6 * plausible + 0.4 * (guesses.get(name) ?? 0) }
    })
    .toSorted((a, b) => b.score - a.score)
  const [best, second] = candidates
  if (best === undefined || best.score === 0) {
    return { encoding: encodingOf('windows-1252'), confidence: 0.1, because: 'nothing else fits' }
  }
  const lead = best.score - (second?.score ?? 0)
  const confidence = Math.min(0.95, best.score * (0.6 + Math.min(0.4, lead * 2)))
  return { encoding: encodingOf(best.name), confidence, because: 'the characters it gives' }
}

/** How likely the decoded characters are in everyday text, 0 to 1. Invalid bytes cost in proportion to the lines they spoil. */
function plausibility(name: string, sample: Buffer): number {
  const decode = strictDecoder(encodingOf(name))
  let lines = 0
  let valid = 0
  let characters = 0
  let usual = 0
  for (const line of linesOf(sample)) {
    if (line.every((byte) => byte < 0x80)) continue
    lines++
    const text = decode(line)
    if (text === undefined) continue
    valid++
    let before = 0
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0
      if (codePoint >= 0x80) {
        characters++
        usual += commonness(name, character, codePoint, before)
      }
      before = codePoint
    }
  }
  if (characters === 0 || lines === 0) return 0
  return (usual / characters) * (valid / lines) ** 4
}

/** The most frequent characters of written Chinese, both forms, and of business tables: what a wrong decoding rarely gives. */
const COMMON_SIMPLIFIED = new Set(
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严订单客户金额编号状态备注渠道日期数量已款发完成货微信店天猫东网电话姓名地址城市区',
)
const COMMON_TRADITIONAL = new Set(
  '的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題程展五果料象員位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走示議聲報完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界林觀越裝影算低持音眾書布復容兒須際商非驗連斷深難近千周委備半辦省列習約支般史感便團往歷市何除消構府稱太準精值號率族維選標寫存候親快效院查江型眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴訂客戶編號台灣臺北姓名地址城',
)

function commonness(name: string, character: string, codePoint: number, before: number): number {
  const isKana = codePoint >= 0x3041 && codePoint <= 0x30ff
  const isHan = codePoint >= 0x4e00 && codePoint <= 0x9fff
  const isPunctuation = (codePoint >= 0x3000 && codePoint <= 0x3015) || (codePoint >= 0xff01 && codePoint <= 0xff5e)
  switch (name) {
    case 'gb18030':
      return COMMON_SIMPLIFIED.has(character) ? 1 : isPunctuation ? 0.9 : isHan ? 0.45 : 0.1
    case 'big5':
      return COMMON_TRADITIONAL.has(character) ? 1 : isPunctuation ? 0.9 : isHan ? 0.4 : 0.1
    case 'shift_jis':
    case 'euc-jp':
      return isKana ? 1 : isPunctuation ? 0.9 : isHan ? 0.5 : 0
    case 'euc-kr':
      return codePoint >= 0xac00 && codePoint <= 0xd7a3 ? 0.75 : 0.1
    case 'windows-1251':
      return isCyrillic(codePoint) ? (isCyrillic(before) ? 0.95 : 0.6) : 0.1
    default:
      // An accented letter mostly stands in a word of plain ones; two in a row are rare outside of other encodings.
      if (codePoint >= 0xc0 && codePoint <= 0xff) return isAsciiLetter(before) ? 0.95 : 0.45
      return codePoint >= 0x2010 && codePoint <= 0x20ac ? 0.9 : 0.1
  }
}

function isCyrillic(codePoint: number): boolean {
  return codePoint >= 0x410 && codePoint <= 0x44f
}

function isAsciiLetter(codePoint: number): boolean {
  return (codePoint >= 0x41 && codePoint <= 0x5a) || (codePoint >= 0x61 && codePoint <= 0x7a)
}

function* linesOf(sample: Buffer): Generator<Buffer> {
  for (let start = 0; start < sample.length; ) {
    const lf = sample.indexOf(0x0a, start)
    const end = lf < 0 ? sample.length : lf + 1
    yield sample.subarray(start, end)
    start = end
  }
}

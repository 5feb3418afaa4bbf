import type { Draw } from './draw.ts'

const GIVEN =
  'Adam Alan Albert Alice Amelia Amy Andrew Angela Anna Anthony Arthur Barbara Ben Brian Caroline Catherine Charles Charlotte Chloe Christine Claire Daniel David Deborah Diana Dorothy Edward Eleanor Elizabeth Emily Emma Eric Ethan Eva Fiona Frances Frank Gary George Grace Hannah Harold Harriet Harry Helen Henry Ian Isaac Isabel Jack Jacob James Jane Janet Jason Jennifer Jessica Joan John Jonathan Joseph Julia Karen Kate Keith Kevin Laura Lauren Leo Linda Lisa Louis Lucy Luke Margaret Maria Mark Martha Martin Mary Matthew Megan Michael Molly Nancy Natalie Nicholas Nora Oliver Olivia Oscar Patricia Paul Peter Philip Rachel Rebecca Richard Robert Rose Ruth Ryan Samuel Sarah Simon Sophie Stephen Susan Teresa Thomas Timothy Victor Victoria Vincent Walter William Zoe'.split(
    ' ',
  )
/** Common family names; also used for streets and companies. */
export const FAMILY_NAMES_EN: readonly string[] =
  'Adams Allen Anderson Andrews Armstrong Arnold Atkinson Bailey Baker Barker Barnes Bell Bennett Berry Bishop Booth Bradley Brooks Brown Burton Butler Campbell Carpenter Carter Chapman Clark Clarke Cole Coleman Collins Cook Cooper Cox Crawford Davies Davis Dawson Dixon Dunn Edwards Elliott Ellis Evans Fisher Fleming Fletcher Ford Foster Fox Fraser Freeman Gardner Gibson Gordon Graham Grant Gray Green Griffin Hall Hamilton Harper Harris Harrison Hart Harvey Hawkins Henderson Hill Holmes Howard Hudson Hughes Hunt Hunter Jackson Jenkins Johnson Jones Jordan Kelly Kennedy Knight Lawson Lee Lewis Lloyd Marshall Mason Matthews Miller Mills Mitchell Moore Morgan Morris Murray Nelson Newman Nichols Oliver Owen Palmer Parker Perry Phillips Porter Powell Price Reed Reynolds Richards Roberts Robinson Rogers Ross Russell Scott Shaw Simpson Smith Spencer Stevens Stewart Stone Taylor Thompson Turner Walker Wallace Ward Warren Watson Webb West White Williams Wilson Wood Wright Young'.split(
    ' ',
  )
const INITIALS = Array.from('ABCDEFGHIJKLMNOPRSTVW')

export function nameEn(draw: Draw): string {
  return `${draw(GIVEN)} ${draw(INITIALS)}. ${draw(FAMILY_NAMES_EN)}`
}

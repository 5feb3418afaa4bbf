import { literal, type Sql, sql } from '../../sql/sql.ts'

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const FROM = `${UPPER}${UPPER.toLowerCase()}0123456789\uE000\uE001`
const TO = `${'A'.repeat(26)}${'a'.repeat(26)}${'9'.repeat(10)}汉w`
/** Longer ones have their repetitions written with `+`. */
const LONGEST = 20
const CUT = 60

/**
 * The form of a text: letters, digits and Han characters by their class, everything else as it stands (contract, `patternSchema`).
 * Text that is all ASCII needs no regular expression.
 */
export function patternOf(text: Sql): Sql {
  const classes = [
    [String.raw`\p{Han}`, '\uE000'],
    [String.raw`[\p{Lo}\p{Lm}\p{Lt}]`, '\uE001'],
    [String.raw`\p{Lu}`, 'A'],
    [String.raw`\p{Ll}`, 'a'],
    [String.raw`\p{Nd}`, '9'],
  ] as const
  const wide = classes.reduce(
    (inner, [pattern, mark]) => sql`regexp_replace(${inner}, ${literal(pattern)}, ${literal(mark)}, 'g')`,
    text,
  )
  return sql`translate(CASE WHEN strlen(${text}) <> length(${text}) THEN ${wide} ELSE ${text} END, ${literal(FROM)}, ${literal(TO)})`
}

/** A pattern as it is shown: the long ones with repetitions as `+`, the very long ones cut. */
export function shownPattern(pattern: Sql): Sql {
  const packed = ['A', 'a', '9', '汉', 'w', ' '].reduce(
    (inner, mark) => sql`regexp_replace(${inner}, ${literal(`${mark}{2,}`)}, ${literal(`${mark}+`)}, 'g')`,
    pattern,
  )
  return sql`CASE WHEN length(${pattern}) > ${literal(LONGEST)} THEN CASE WHEN length(${packed}) > ${literal(CUT)} THEN concat(left(${packed}, ${literal(CUT)}), '…') ELSE ${packed} END ELSE ${pattern} END`
}

import { CHARACTER_CLASSES } from '../../contract/profile/column-profile.ts'
import { join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { isBlank } from './blank.ts'
import type { DetailPart } from './detail-part.ts'
import { patternOf, shownPattern } from './text-pattern.ts'
import { shapeOf } from './text-shape.ts'

/**
 * What UTF-8 looks like when it was read as Windows-1252 or GBK, and what GBK leaves behind: `Ã©`, `â€™`, `锟斤拷`.
 * @internal shared with the condition of the finding
 */
export const MOJIBAKE = String.raw`[ÃÂ][\x{80}-\x{BF}]|â€|[äåæçèé][\x{80}-\x{BF}¡-¿]|锟斤拷|烫烫烫|屯屯屯|ï»¿|鈥[檚淲渓]`
export const CONTROL = String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]`

const CLASS_TEST: Readonly<Record<(typeof CHARACTER_CLASSES)[number], Sql>> = {
  upper: sql`contains(p, 'A')`,
  lower: sql`contains(p, 'a')`,
  digit: sql`contains(p, '9')`,
  han: sql`contains(p, '汉')`,
  other_letter: sql`contains(p, 'w')`,
  space: sql`regexp_matches(p, '\\s')`,
  punctuation: sql`regexp_matches(p, '[\\p{P}\\p{S}]')`,
}

/** Patterns, shapes, words, variants and damage of texts that are not blank. Each distinct text is looked at once. */
export function textPart(): DetailPart {
  return { tables: [...TABLES], fields: [sql`'text': {${join(FIELDS)}}`] }
}

const TABLES: readonly Sql[] = [
  sql`texts AS MATERIALIZED (SELECT v, n, ${patternOf(sql`v`)} AS p, ${shapeOf(sql`v`)} AS shape FROM d WHERE NOT ${isBlank('v')})`,
  sql`patterns AS MATERIALIZED (SELECT shown, sum(n) AS n, max_by(v, n, 3) AS examples FROM (SELECT *, ${shownPattern(sql`p`)} AS shown FROM texts) GROUP BY shown)`,
  sql`shapes AS (SELECT shape, sum(n) AS n, max_by(v, n, 5) AS examples FROM texts GROUP BY shape)`,
  sql`doubled AS MATERIALIZED (SELECT lower(trim(v)) AS k, sum(n) AS n FROM texts GROUP BY k HAVING count(*) > 1)`,
  sql`variants AS (SELECT k, any_value(doubled.n) AS n, list({'value': v, 'count': CAST(texts.n AS DOUBLE)} ORDER BY texts.n DESC, v) AS variants
    FROM texts JOIN (FROM doubled ORDER BY n DESC, k LIMIT 10) AS doubled ON lower(trim(v)) = k GROUP BY k)`,
  damaged('mojibake', sql`strlen(v) <> length(v) AND regexp_matches(v, ${literal(MOJIBAKE)})`),
  damaged('controls', sql`regexp_matches(v, ${literal(CONTROL)})`),
]

const FIELDS: readonly Sql[] = [
  sql`'patterns': coalesce((SELECT list({'pattern': shown, 'count': CAST(n AS DOUBLE), 'examples': examples} ORDER BY n DESC, shown) FROM (FROM patterns ORDER BY n DESC, shown LIMIT 15)), [])`,
  sql`'patternCount': (SELECT CAST(count(*) AS DOUBLE) FROM patterns)`,
  sql`'classes': (SELECT {${join(CHARACTER_CLASSES.map((name) => sql`${literal(name)}: CAST(coalesce(sum(n) FILTER (${CLASS_TEST[name]}), 0) AS DOUBLE)`))}} FROM texts)`,
  sql`'shapes': coalesce((SELECT list({'shape': shape, 'count': CAST(n AS DOUBLE), 'examples': examples} ORDER BY n DESC, shape) FROM shapes), [])`,
  sql`'words': (SELECT CASE WHEN count(*) > 0 THEN {'min': CAST(min(w) AS DOUBLE), 'max': CAST(max(w) AS DOUBLE), 'mean': sum(w * n) / sum(n)} END FROM (SELECT n, len(regexp_extract_all(v, '\\S+')) AS w FROM texts))`,
  sql`'caseVariants': coalesce((SELECT list({'variants': variants[1:6]} ORDER BY n DESC, k) FROM variants), [])`,
  sql`'caseVariantRows': (SELECT CAST(coalesce(sum(n), 0) AS DOUBLE) FROM doubled)`,
  sql`'mojibake': (SELECT {'count': CAST(coalesce(sum(n), 0) AS DOUBLE), 'examples': coalesce(list(v ORDER BY n DESC, v)[1:3], [])} FROM mojibake)`,
  sql`'controlCharacters': (SELECT {'count': CAST(coalesce(sum(n), 0) AS DOUBLE), 'examples': coalesce(list(v ORDER BY n DESC, v)[1:3], [])} FROM controls)`,
]

/** @param name of ours, never of the data */
function damaged(name: string, condition: Sql): Sql {
  return sql`${trusted(name)} AS MATERIALIZED (SELECT v, n FROM texts WHERE ${condition})`
}

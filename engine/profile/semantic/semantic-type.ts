import type { Localized } from '../../contract/localized.ts'
import type { PersonalClass } from '../../contract/personal-class.ts'
import { literal, type Sql, sql } from '../../sql/sql.ts'

/** What a value may mean beyond its SQL type. */
export interface SemanticType {
  readonly id: string
  readonly title: Localized
  /** A suggestion that a person confirms. */
  readonly personal: PersonalClass
  /**
   * How much a matching value says. `proof`: checksum or unmistakable form; `shape`: other texts may look so by chance;
   * `hint`: says nothing unless the column's name agrees.
   */
  readonly evidence: 'proof' | 'shape' | 'hint'
  /** Tried on the column's name in lower case with `_` between words. */
  readonly names: RegExp
  /** Columns of such a name hold something else, whatever their values look like. */
  readonly notNames?: RegExp
  /** RE2 for the whole trimmed text; passes at least every value that `matches`. */
  readonly prefilter: string
  /** Whether a trimmed, non-blank text is one: checksum, ranges and lists included. */
  readonly matches: (value: string) => boolean
}

/** A condition DuckDB counts in a full scan; at least as wide as `matches`. NULL for NULL. */
export function prefilterSql({ prefilter }: SemanticType, column: Sql): Sql {
  return sql`regexp_full_match(trim(CAST(${column} AS VARCHAR)), ${literal(prefilter)})`
}

/** `OrderDate`, `order date` and `order-date` become `order_date`. */
export function foldColumnName(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
}

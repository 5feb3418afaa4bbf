import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import type { Finding } from '../../contract/profile/finding.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { shapeOf } from '../columns/text-shape.ts'
import { readDate } from '../semantic/date-formats.ts'
import { finding, inAllRows, inDetail, type Judged, replaced } from './finding-of.ts'

const MOSTLY = 0.8

/** Text that is something else than it should be, or the same thing written in several ways. */
export function textFindings(judged: Judged): Finding[] {
  return [...shapeFindings(judged), ...ambiguousDates(judged), ...spaceFindings(judged), ...variantFindings(judged)]
}

function shapeFindings({ column, profile }: Judged): Finding[] {
  const { name, detail } = column
  const shapes = (detail.text?.shapes ?? []).filter(({ shape }) => shape !== 'missing_word')
  const total = shapes.reduce((sum, { count }) => sum + count, 0)
  const numbers = shapes.filter(({ shape }) => shape === 'integer' || shape === 'decimal')
  const numeric = numbers.reduce((sum, { count }) => sum + count, 0)
  const dates = shapes.find(({ shape }) => shape === 'date')?.count ?? 0
  const [shape, most] = numeric >= dates ? [numbers.length > 1 ? 'decimal' : 'integer', numeric] : ['date', dates]
  if (total === 0 || most < MOSTLY * total || isIdentifier(column)) return []
  const isText = sql`CAST(${id(name)} AS VARCHAR)`
  if (most === total) {
    // Digits that begin with 0 are no quantities: a phone number, a code.
    if (shape !== 'date' && numbers.some(({ examples }) => examples.some((text) => /^0\d/.test(text.trim())))) return []
    const [code, node] =
      shape === 'date'
        ? (['profile.dates_as_text', dateFix(judgedDates(detail.top), name)] as const)
        : (['profile.numbers_as_text', numberFix(shape, name)] as const)
    return [
      finding(code, [name], {
        harm: 'untidy',
        evidence: inDetail(profile, total),
        ...(node === undefined ? {} : { fix: node }),
      }),
    ]
  }
  const others = shapes.filter((one) => (shape === 'date' ? one.shape !== 'date' : !numbers.includes(one)))
  const accepted: Sql[] = shape === 'date' ? [literal('date')] : ['integer', 'decimal'].map(literal)
  return [
    finding('profile.mixed_types', [name], {
      harm: 'breaks_load',
      evidence: { ...inDetail(profile, total - most), rows: total },
      parameters: { shape },
      examples: others.flatMap(({ examples }) => examples).slice(0, 5),
      condition: sql`trim(${isText}) <> '' AND ${shapeOf(isText)} NOT IN (${join([...accepted, literal('missing_word')])})`,
      rule: {
        check: 'type',
        column: name,
        parameters: { type: shape === 'date' ? 'DATE' : shape === 'integer' ? 'BIGINT' : 'DOUBLE' },
      },
    }),
  ]
}

/** Digits that are an identity or a phone number are no quantities, whatever else stands among them. */
function isIdentifier({ detail }: ColumnProfile): boolean {
  const [best] = detail.semantic
  return best !== undefined && best.class !== 'none' && best.confidence >= 0.5
}

function judgedDates(top: readonly { readonly value: string }[]): string | undefined {
  const formats = new Set(top.map(({ value }) => readDate(value.trim())?.format))
  const [format] = formats
  return formats.size === 1 ? format : undefined
}

function dateFix(format: string | undefined, column: string): Finding['fix'] {
  return format === undefined
    ? undefined
    : { node: 'parse', config: { fields: [{ column, type: 'DATE', formats: [format] }] } }
}

function numberFix(shape: string, column: string): Finding['fix'] {
  return { node: 'parse', config: { fields: [{ column, type: shape === 'integer' ? 'BIGINT' : 'DOUBLE' }] } }
}

function ambiguousDates({ column, profile }: Judged): Finding[] {
  if (column.detail.text?.shapes.some(({ shape }) => shape === 'date') !== true) return []
  const values = [
    ...column.detail.top.map(({ value }) => value),
    ...column.detail.text.patterns.flatMap(({ examples }) => examples),
  ]
  const ambiguous = [...new Set(values)].filter((value) => readDate(value.trim())?.ambiguousWith !== undefined)
  // One that can only be read one way tells how to read the others.
  const isTold = values.some((value) =>
    /^(1[3-9]|2\d|3[01])[-/.]|^\d{1,2}[-/.](1[3-9]|2\d|3[01])[-/.]/.test(value.trim()),
  )
  if (ambiguous.length === 0 || isTold) return []
  return [
    finding('profile.ambiguous_dates', [column.name], {
      harm: 'breaks_results',
      evidence: inDetail(profile, ambiguous.length),
      examples: ambiguous.slice(0, 4),
    }),
  ]
}

function spaceFindings({ column, profile }: Judged): Finding[] {
  const { name, exact } = column
  // A value with space at both ends counts once at least.
  const count = Math.max(exact.leadingSpace ?? 0, exact.trailingSpace ?? 0)
  if (count === 0) return []
  return [
    finding('profile.edge_space', [name], {
      harm: 'breaks_results',
      evidence: inAllRows(profile, count),
      condition: sql`(CAST(${id(name)} AS VARCHAR) LIKE ' %' OR CAST(${id(name)} AS VARCHAR) LIKE '% ')`,
      rule: { check: 'regex', column: name, parameters: { pattern: String.raw`(?s)(\S(.*\S)?)?` } },
      fix: replaced(name, sql`trim(${id(name)})`),
    }),
  ]
}

function variantFindings({ column, profile }: Judged): Finding[] {
  const { name, detail } = column
  const [first] = detail.text?.caseVariants ?? []
  if (detail.text === undefined || first === undefined) return []
  return [
    finding('profile.case_variants', [name], {
      harm: 'breaks_results',
      evidence: inDetail(profile, detail.text.caseVariantRows),
      examples: first.variants.map(({ value }) => value),
      condition: sql`lower(trim(CAST(${id(name)} AS VARCHAR))) IN (${join(detail.text.caseVariants.flatMap(({ variants }) => variants.slice(0, 1)).map(({ value }) => sql`lower(trim(${literal(value)}))`))})`,
    }),
  ]
}

import { cellText } from '../../contract/cell-text.ts'
import type { Column } from '../../contract/column.ts'
import type { MaskFinding } from '../../contract/mask-finding.ts'
import type { ConfirmedClasses } from '../../contract/personal-class.ts'
import type { PolicyRef } from '../../contract/snapshot-policy.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { SEMANTIC_TYPES } from '../../profile/semantic/all.ts'
import { foldColumnName, prefilterSql, type SemanticType } from '../../profile/semantic/semantic-type.ts'
import { veiled } from '../../profile/semantic/veil.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'

/** Methods whose results look like what they replace, or are it. */
const LOOKS_ALIKE = new Set(['pseudonym', 'format', 'shuffle', 'date_shift', 'round', 'truncate', 'constant'])
/** A hint without the name's agreement says nothing; so does a shape that few values have. */
const TOLD_SHARE = { proof: 0, shape: 0.2, hint: 0.5 } as const
const VERIFIED = 2_000
const EXAMPLES = 3

export interface MaskedRows {
  /** A relation of the masked rows. */
  readonly rows: Sql
  readonly columns: readonly Column[]
  readonly policy: PolicyRef
  /** What persons said about the columns: one that holds nothing personal is not asked about. */
  readonly confirmed: ConfirmedClasses
  readonly duck: Duck
  readonly call: DuckCall
}

/** Columns whose values still look personal: what is sensitive first. Every row is looked at. */
export async function looksPersonal({
  rows,
  columns,
  policy,
  confirmed,
  duck,
  call,
}: MaskedRows): Promise<MaskFinding[]> {
  const asked = columns.flatMap((column) =>
    confirmed.get(column.name) === 'none'
      ? []
      : SEMANTIC_TYPES.filter((type) => isAsked(type, column)).map((type) => ({ column, type })),
  )
  if (asked.length === 0) return []
  const counts = asked.flatMap(({ column, type }) => [
    sql`count(*) FILTER (WHERE ${prefilterSql(type, id(column.name))})`,
    sql`count(*) FILTER (WHERE trim(CAST(${id(column.name)} AS VARCHAR)) <> '')`,
  ])
  const [counted = []] = (await duck.rows(sql`SELECT ${join(counts)} FROM ${rows} AS masked_rows`, call)).rows
  const findings: MaskFinding[] = []
  for (const [i, { column, type }] of asked.entries()) {
    const [passed, all] = [Number(counted[2 * i] ?? 0), Number(counted[2 * i + 1] ?? 0)]
    if (passed === 0) continue
    const matching = await verified({ rows, duck, call }, column, type)
    const share = (passed / all) * matching.share
    if (share <= TOLD_SHARE[type.evidence] || matching.examples.length === 0) continue
    const method = policy.columns.find((masked) => masked.column === column.name)?.method
    findings.push({
      kind: 'looks_personal',
      column: column.name,
      ...(method === undefined ? {} : { method }),
      verdict: method !== undefined && LOOKS_ALIKE.has(method) ? 'expected' : 'leak',
      semantic: type.id,
      class: confirmed.get(column.name) ?? type.personal,
      values: String(Math.round(passed * matching.share)),
      share,
      examples: matching.examples.map(veiled),
    })
  }
  return likeliest(findings)
}

/** Columns that a person called personal or sensitive and that the policy left as they were. */
export async function leftUnmasked({
  rows,
  columns,
  policy,
  confirmed,
  duck,
  call,
}: MaskedRows): Promise<MaskFinding[]> {
  const findings: MaskFinding[] = []
  for (const { name } of columns) {
    const level = confirmed.get(name)
    if (level === undefined || level === 'none' || policy.columns.some(({ column }) => column === name)) continue
    const text = sql`CAST(${id(name)} AS VARCHAR)`
    const [counted = []] = (
      await duck.rows(
        sql`SELECT count(*), list(DISTINCT v)[1:${literal(EXAMPLES)}] FROM (SELECT ${text} AS v FROM ${rows} AS masked_rows WHERE trim(${text}) <> '')`,
        call,
      )
    ).rows
    const [count, examples] = [Number(counted[0] ?? 0), counted[1]]
    if (count === 0) continue
    findings.push({
      kind: 'left_unmasked',
      column: name,
      verdict: 'leak',
      class: level,
      values: String(count),
      share: 1,
      examples: Array.isArray(examples) ? examples.map((one) => veiled(cellText(one))) : [],
    })
  }
  return findings
}

function isAsked(type: SemanticType, { name, type: sqlType }: Column): boolean {
  if (type.personal === 'none' || sqlType.endsWith(']') || /^(STRUCT|MAP|BLOB|BOOLEAN)/.test(sqlType)) return false
  return type.evidence === 'proof' || type.names.test(foldColumnName(name)) || type.evidence === 'shape'
}

/** Of the distinct values that pass the wide test, how many pass the exact one. */
async function verified(
  { rows, duck, call }: Pick<MaskedRows, 'rows' | 'duck' | 'call'>,
  column: Column,
  type: SemanticType,
): Promise<{ share: number; examples: string[] }> {
  const value = sql`trim(CAST(${id(column.name)} AS VARCHAR))`
  const found = await duck.rows(
    sql`SELECT DISTINCT ${value} FROM ${rows} AS masked_rows WHERE ${prefilterSql(type, id(column.name))} AND ${value} <> '' ORDER BY hash(${value}) LIMIT ${literal(VERIFIED)}`,
    call,
  )
  const values = found.rows.map(([cell]) => cellText(cell))
  const matching = values.filter((text) => type.matches(text))
  return { share: values.length === 0 ? 0 : matching.length / values.length, examples: matching.slice(0, EXAMPLES) }
}

function rank(finding: MaskFinding): number {
  return finding.kind === 'looks_personal' ? (finding.class === 'sensitive' ? 1 : 0) + finding.share : 0
}

/** One finding for a column: of several types the one that most values have, and what is sensitive before what is not. */
function likeliest(findings: readonly MaskFinding[]): MaskFinding[] {
  const best = new Map<string, MaskFinding>()
  for (const finding of findings.toSorted((a, b) => rank(b) - rank(a))) {
    if (!best.has(finding.column)) best.set(finding.column, finding)
  }
  return [...best.values()]
}

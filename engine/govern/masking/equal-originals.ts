import { cellText } from '../../contract/cell-text.ts'
import type { MaskFinding } from '../../contract/mask-finding.ts'
import { veiled } from '../../profile/semantic/veil.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'
import type { MaskedRows } from './check-masked.ts'

/** Methods that keep values of the source on purpose. */
const KEEPS_VALUES = new Set(['shuffle', 'round', 'truncate', 'constant', 'decrypt'])
/** Methods whose results come from the same set as the values: some meet by chance. */
const SAME_SET = new Set(['pseudonym', 'format', 'date_shift', 'bands'])
const CHANCE_SHARE = 0.02
const EXAMPLES = 3

/** Gathers which masked values also stand in the source, part by part; holds the distinct masked values, never the source's. */
export interface OriginalComparison {
  /** Rows of the source, unmasked. */
  compare(rows: Sql): Promise<void>
  findings(): Promise<{ compared: bigint; findings: MaskFinding[] }>
}

export async function compareWithOriginal({ rows, policy, duck, call }: MaskedRows): Promise<OriginalComparison> {
  const masked = policy.columns.filter(({ method }) => method !== 'null')
  for (const [i, { column }] of masked.entries()) {
    const value = textOf(column)
    // What has neither letter nor digit says nothing about anybody.
    await duck.run(
      sql`CREATE OR REPLACE TABLE ${tableAt(i)} AS SELECT DISTINCT ${value} AS "value", false AS "seen" FROM ${rows} AS masked_rows WHERE regexp_matches(${value}, '[\\p{L}\\p{N}]')`,
      call,
    )
  }
  let compared = 0n
  return {
    compare: async (original) => {
      await duck.run(sql`CREATE OR REPLACE TABLE "_runnel_original" AS ${original}`, call)
      compared += BigInt((await duck.value(sql`SELECT count(*) FROM "_runnel_original"`, call)) ?? '0')
      for (const [i, { column }] of masked.entries()) {
        await duck.run(
          sql`UPDATE ${tableAt(i)} SET "seen" = true WHERE NOT "seen" AND "value" IN (SELECT ${textOf(column)} FROM "_runnel_original")`,
          call,
        )
      }
      await duck.run(sql`DROP TABLE "_runnel_original"`, call)
    },
    findings: async () => {
      const findings: MaskFinding[] = []
      for (const [i, { column, method }] of masked.entries()) {
        const [counted = []] = (
          await duck.rows(
            sql`SELECT count(*) FILTER (WHERE "seen"), count(*), list("value" ORDER BY "value") FILTER (WHERE "seen") FROM ${tableAt(i)}`,
            call,
          )
        ).rows
        const [seen, all] = [Number(counted[0] ?? 0), Number(counted[1] ?? 0)]
        if (seen === 0) continue
        const examples = Array.isArray(counted[2])
          ? counted[2].slice(0, EXAMPLES).map((text) => veiled(cellText(text)))
          : []
        const share = seen / all
        findings.push({
          kind: 'equals_original',
          column,
          method,
          verdict: verdictOf(method, share),
          values: String(seen),
          share,
          examples,
        })
      }
      return { compared, findings }
    },
  }
}

function tableAt(i: number): Sql {
  return id(`_runnel_masked_${i}`)
}

function verdictOf(method: string, share: number): MaskFinding['verdict'] {
  if (KEEPS_VALUES.has(method)) return 'expected'
  return SAME_SET.has(method) && share <= CHANCE_SHARE ? 'chance' : 'leak'
}

function textOf(column: string): Sql {
  return sql`CAST(${id(column)} AS VARCHAR)`
}

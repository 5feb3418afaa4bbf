import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CheckResult, worstOf } from '../../../contract/check-result.ts'
import { describeFailure, failureFromData } from '../../../contract/failure.ts'
import type { Language } from '../../../contract/localized.ts'
import { htmlReport, type ReportedCheck } from '../../../quality/report/html-report.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'
import { usage } from '../usage.ts'

const COLUMNS = [
  { name: 'rule', type: 'VARCHAR' },
  { name: 'dimension', type: 'VARCHAR' },
  { name: 'severity', type: 'VARCHAR' },
  { name: 'result', type: 'VARCHAR' },
  { name: 'violations', type: 'BIGINT' },
  { name: 'checked', type: 'BIGINT' },
  { name: 'found', type: 'VARCHAR' },
  { name: 'example', type: 'VARCHAR' },
]
const TREND = 50

/** @returns 1 when a rule of severity error is violated or cannot be checked, or, when asked for, one of severity warning */
export async function run(call: CommandCall): Promise<1 | void> {
  const { values, output, engine, signal, language, terminal } = call
  const failOn = failOnOf(call)
  const [of, environment, html] = [values.positionals[0], values.text('env'), values.text('html')]
  const { quality } = await engine()
  const request = { offline: values.flag('offline'), ...(of === undefined ? {} : { of }) }
  const checks = await quality.check({ ...request, ...(environment === undefined ? {} : { environment }) }, { signal })
  const reported: ReportedCheck[] = []
  for await (const result of checks) {
    reported.push({
      result,
      history: html === undefined ? [] : await quality.history({ rules: result.rules, limit: TREND }),
    })
    await output.event(result, () => printed(result, output, language))
  }
  if (html !== undefined) {
    await writeFile(resolve(terminal.directory, html), htmlReport(reported, language))
    output.note(output.say('reportWritten', { file: html }))
  }
  const worst = reported.map(({ result }) => worstOf(result))
  if (worst.includes('error') || (failOn === 'warning' && worst.includes('warning'))) return 1
}

function failOnOf({ values, language }: CommandCall): 'error' | 'warning' {
  const text = values.text('fail-on') ?? 'error'
  if (text === 'error' || text === 'warning') return text
  throw usage('failOn', language, { text })
}

function printed(result: CheckResult, output: Output, language: Language): string {
  const rows = result.results.map((rule) => {
    const [row] = rule.rows
    const failure =
      rule.failure === undefined ? undefined : describeFailure(failureFromData(rule.failure), language).message
    const example = row === undefined ? null : `${Object.values(row.key).map(String).join(' ')}: ${row.value ?? 'NULL'}`
    return [
      rule.name,
      rule.dimension,
      rule.severity,
      rule.status,
      grouped(rule.violations),
      grouped(rule.checked),
      rule.found ?? null,
      failure ?? example,
    ]
  })
  const { rules, dataset, score, rowCount } = result
  const title = output.say('checkTitle', { rules, dataset, score: score.toFixed(1), rows: grouped(rowCount) })
  return `${title}\n${printTable(COLUMNS, rows, output)}\n`
}

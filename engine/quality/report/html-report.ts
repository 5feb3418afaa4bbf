import { cellText } from '../../contract/cell-text.ts'
import type { CheckMark, CheckResult, RuleResult } from '../../contract/check-result.ts'
import { describeFailure, failureFromData } from '../../contract/failure.ts'
import { fill, type Language } from '../../contract/localized.ts'
import { dimensionSchema } from '../../contract/rule.ts'
import { STYLE } from './style.ts'
import { DIMENSION_TEXTS, REPORT_TEXTS } from './texts.ts'

/** A result with the earlier ones of the same rules, newest first. */
export interface ReportedCheck {
  readonly result: CheckResult
  readonly history: readonly CheckMark[]
}

/** One HTML page that needs nothing else: no network, no script; prints on paper. */
export function htmlReport(checks: readonly ReportedCheck[], language: Language): string {
  const say = sayer(language)
  const title = escaped(say('title'))
  const body = checks.map((check) => section(check, language)).join('\n')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`
}

type Say = (key: keyof typeof REPORT_TEXTS, parameters?: Readonly<Record<string, unknown>>) => string

function sayer(language: Language): Say {
  return (key, parameters = {}) => fill(REPORT_TEXTS[key][language], parameters)
}

function section({ result, history }: ReportedCheck, language: Language): string {
  const say = sayer(language)
  const dimensions = dimensionSchema.options.flatMap((dimension) => {
    const score = result.dimensions[dimension]
    return score === undefined
      ? []
      : [`<li><b>${score.toFixed(1)}</b> ${escaped(DIMENSION_TEXTS[dimension][language])}</li>`]
  })
  const read = say('read', { basis: say(result.basis), at: result.at.slice(0, 19).replace('T', ' ') })
  return `<section><h2>${escaped(result.dataset)}</h2>
<p class="facts">${escaped(result.rules)} · ${escaped(say('rows', { rows: grouped(result.rowCount) }))} · ${escaped(read)}</p>
<ul class="scores"><li class="score"><b>${result.score.toFixed(1)}</b> ${escaped(say('score'))}</li>${dimensions.join('')}</ul>
${trend(history, say)}
${ruleTable(result.results, language)}
${result.results.map((rule) => failingRows(rule, say)).join('')}</section>`
}

function ruleTable(results: readonly RuleResult[], language: Language): string {
  const say = sayer(language)
  const head = (['rule', 'dimension', 'severity', 'result', 'violations', 'found', 'wanted', 'owner'] as const)
    .map((key) => `<th scope="col">${escaped(say(key))}</th>`)
    .join('')
  const rows = results.map((rule) => {
    const {
      name,
      description,
      dimension,
      severity,
      status,
      violations,
      checked,
      share,
      found,
      wanted,
      owner,
      failure,
    } = rule
    const why =
      failure === undefined
        ? ''
        : `<small>${escaped(describeFailure(failureFromData(failure), language).message)}</small>`
    const about = description === undefined ? '' : `<small>${escaped(description)}</small>`
    const count =
      status === 'failed' ? '' : `${grouped(violations)} / ${grouped(checked)} (${(share * 100).toFixed(2)} %)`
    return `<tr class="${status}"><th scope="row">${escaped(name)}${about}</th><td>${escaped(DIMENSION_TEXTS[dimension][language])}</td><td>${escaped(say(severity))}</td><td class="status">${escaped(say(status))}${why}</td><td class="number">${escaped(count)}</td><td>${escaped(found ?? '')}</td><td>${escaped(wanted ?? '')}</td><td>${escaped(owner ?? '')}</td></tr>`
  })
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function failingRows({ name, rows, violations }: RuleResult, say: Say): string {
  const [first] = rows
  if (first === undefined) return ''
  const keys = Object.keys(first.key)
  const head = [...keys, say('value')].map((text) => `<th scope="col">${escaped(text)}</th>`).join('')
  const body = rows.map(({ key, value }) => {
    const cells = [...keys.map((column) => cellText(key[column])), value ?? 'NULL']
    return `<tr>${cells.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`
  })
  const some = say('some', { shown: rows.length, all: grouped(violations) })
  return `<details><summary>${escaped(say('failing', { rule: name }))} <small>${escaped(some)}</small></summary><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></details>`
}

const WIDTH = 600
const HEIGHT = 80

/** Scores as a line, the oldest on the left. */
function trend(history: readonly CheckMark[], say: Say): string {
  if (history.length < 2) return ''
  const scores = history.map(({ score }) => score).toReversed()
  const points = scores
    .map(
      (score, i) => `${((i / (scores.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - (score / 100) * HEIGHT).toFixed(1)}`,
    )
    .join(' ')
  const title = escaped(`${say('trend')}: ${scores.map((score) => score.toFixed(1)).join(', ')}`)
  return `<svg viewBox="-4 -4 ${WIDTH + 8} ${HEIGHT + 8}" role="img" aria-label="${title}"><title>${title}</title><polyline points="${points}" /></svg>`
}

function grouped(count: string): string {
  return count.replaceAll(/\B(?=(\d{3})+$)/g, ' ')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

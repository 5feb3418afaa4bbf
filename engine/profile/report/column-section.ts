import type { Localized } from '../../contract/localized.ts'
import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import { grouped, legible, percent } from '../../contract/profile/finding-texts.ts'
import { healthOf } from '../../contract/profile/health.ts'
import { CLASS_TITLES } from '../../contract/profile/personal-finding.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { healthBar, histogramChart, valueBars } from './charts.ts'
import { both, html, type Markup } from './markup.ts'
import { REPORT_TEXT } from './texts.ts'

const SHOWN_VALUES = 10
const SHOWN_PATTERNS = 8

/** One line of the overview; a link to the section. */
export function overviewRow(column: ColumnProfile, profile: Profile): Markup {
  const { name, type, exact, detail } = column
  const missing = profile.scope.rows === 0 ? 0 : exact.nulls / profile.scope.rows
  return html`<tr><td class="name"><a href="#column-${profile.columns.indexOf(column)}">${name}</a></td><td class="type">${type}</td><td>${healthBar(healthOf(column, profile))}</td><td class="number">${percent(missing)}</td><td class="number">${distinctText(column)}</td><td>${detail.histogram === undefined ? '' : histogramChart(detail.histogram)}</td></tr>`
}

/** Everything about one column. */
export function columnSection(column: ColumnProfile, profile: Profile): Markup {
  const { name, type, detail } = column
  const sampled = profile.basis.isSample ? html` <span class="note">(${both(REPORT_TEXT.sampled)})</span>` : html``
  const topSampled = column.topIsExact ? html`` : sampled
  const top = detail.top.filter(({ count }) => count > 1).slice(0, SHOWN_VALUES)
  const topRows = column.topIsExact ? profile.scope.rows - column.exact.nulls : detail.values
  return html`<section class="column" id="column-${profile.columns.indexOf(column)}"><header><h3>${name}</h3><span class="type">${type}</span></header>
<div class="facts">${figures(column).map(([label, value]) => html`<span>${both(label)} <b>${value}</b></span>`)}</div>
<div class="parts">${detail.histogram === undefined ? '' : html`<div><h4>${shown(detail.histogram[0]?.from, column)} … ${shown(detail.histogram.at(-1)?.to, column)}${sampled}</h4>${histogramChart(detail.histogram)}${weekdays(column)}</div>`}${top.length === 0 ? '' : html`<div><h4>${both(REPORT_TEXT.topValues)}${topSampled}</h4>${valueBars(top, topRows)}</div>`}${patterns(column, sampled)}${meaning(column)}</div></section>`
}

function distinctText({ exact: { distinct } }: ColumnProfile): Markup {
  const count = grouped(distinct.count)
  return distinct.error === 0
    ? html`${count}`
    : html`≈ ${count} <span class="note">(${both(REPORT_TEXT.estimated)} ± ${percent(2 * distinct.error)})</span>`
}

function figures(column: ColumnProfile): [Localized, Markup][] {
  const { exact, detail } = column
  const { length } = exact
  const quantile = (at: number): string => detail.number?.quantiles.find((one) => one.at === at)?.value ?? ''
  const found: [Localized, Markup | undefined][] = [
    [REPORT_TEXT.missing, html`${grouped(exact.nulls + (exact.blanks ?? 0))}`],
    [REPORT_TEXT.distinct, distinctText(column)],
    [REPORT_TEXT.min, text(exact.min, column)],
    [REPORT_TEXT.max, text(exact.max, column)],
    [REPORT_TEXT.mean, rounded(exact.mean)],
    [REPORT_TEXT.std, rounded(exact.std)],
    [REPORT_TEXT.median, rounded(detail.number?.median)],
    [
      REPORT_TEXT.quartiles,
      detail.number === undefined ? undefined : html`${short(quantile(0.25))} … ${short(quantile(0.75))}`,
    ],
    [REPORT_TEXT.zeros, some(exact.zeros)],
    [REPORT_TEXT.negatives, some(exact.negatives)],
    [REPORT_TEXT.outliers, some(detail.number?.outliers.iqr.count)],
    [
      REPORT_TEXT.length,
      length === undefined ? undefined : html`${length.min} … ${length.max} (${length.mean.toFixed(1)})`,
    ],
    [REPORT_TEXT.personal, column.confirmed === undefined ? undefined : both(CLASS_TITLES[column.confirmed])],
    [
      REPORT_TEXT.words,
      detail.text?.words === undefined ? undefined : html`${detail.text.words.min} … ${detail.text.words.max}`,
    ],
  ]
  return found.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]))
}

/** Digits of text are not a number's. */
function shown(value: string | undefined, { kind }: ColumnProfile): string {
  return kind === 'number' ? legible(value ?? '') : (value ?? '')
}

function text(value: string | undefined, column: ColumnProfile): Markup | undefined {
  if (value === undefined) return undefined
  const told = shown(value, column)
  return html`${told.length > 60 ? `${told.slice(0, 60)}…` : told}`
}

function rounded(value: number | undefined): Markup | undefined {
  return value === undefined ? undefined : html`${short(String(value))}`
}

function short(number: string): string {
  return number === '' ? '' : Number(number).toLocaleString('en', { maximumSignificantDigits: 6 })
}

function some(count: number | undefined): Markup | undefined {
  return count === undefined || count === 0 ? undefined : html`${grouped(count)}`
}

function weekdays({ detail }: ColumnProfile): Markup {
  if (detail.time === undefined) return html``
  const bins = detail.time.weekdays.map((count, i) => ({ from: String(i + 1), to: String(i + 1), count }))
  return html`<h4>${both(REPORT_TEXT.weekdays)}</h4>${histogramChart(bins)}`
}

function patterns({ detail }: ColumnProfile, sampled: Markup): Markup {
  const found = detail.text?.patterns.slice(0, SHOWN_PATTERNS) ?? []
  if (found.length === 0) return html``
  const bars = valueBars(
    found.map(({ pattern, count }) => ({ value: pattern, count })),
    detail.values,
  )
  return html`<div><h4>${both(REPORT_TEXT.patterns)}${sampled}</h4>${bars}</div>`
}

function meaning({ detail: { semantic } }: ColumnProfile): Markup {
  if (semantic.length === 0) return html``
  const items = semantic.map(
    ({ title, share }) => html`<tr><td>${both(title)}</td><td class="number">${percent(share)}</td></tr>`,
  )
  return html`<div><h4>${both(REPORT_TEXT.meaning)}</h4><table><tbody>${items}</tbody></table></div>`
}

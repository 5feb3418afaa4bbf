import type { Language, Localized } from '../../contract/localized.ts'
import { changeText } from '../../contract/profile/change-texts.ts'
import type { Comparison } from '../../contract/profile/comparison.ts'
import type { Finding } from '../../contract/profile/finding.ts'
import { findingText, grouped, harmText, percent } from '../../contract/profile/finding-texts.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { toldIn } from '../../contract/told.ts'
import { columnSection, overviewRow } from './column-section.ts'
import { both, html, type Markup } from './markup.ts'
import { REPORT_STYLE } from './style.ts'
import { tableSection } from './table-section.ts'
import { basisText, REPORT_TEXT } from './texts.ts'
import { veiledProfile } from './veiled-profile.ts'

export interface ReportRequest {
  readonly profile: Profile
  /** Shown first; the reader may choose the other. */
  readonly language: Language
  /** What changed since an earlier profile. */
  readonly comparison?: Comparison
}

/** One HTML file in both languages: no script, no network, nothing of the data can act. Personal values are veiled. */
export function profileReport({ profile: full, language, comparison }: ReportRequest): string {
  const profile = veiledProfile(full)
  const { markup } = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${REPORT_TEXT.title[language]}: ${profile.dataset}</title><style>${{ markup: REPORT_STYLE }}</style></head><body>
${languageChoice(language)}
<h1>${profile.dataset}</h1>
${facts(profile)}
${warningList(profile.warnings)}
<h2>${both(REPORT_TEXT.findings)} (${profile.findings.length})</h2>${findingList(profile.findings)}
${comparison === undefined ? '' : changes(comparison)}
<h2>${both(REPORT_TEXT.overview)}</h2>${overview(profile)}
${profile.columns.map((column) => columnSection(column, profile))}
<h2>${both(REPORT_TEXT.table)}</h2>${tableSection(profile)}
</body></html>`
  return `${markup}\n`
}

function languageChoice(language: Language): Markup {
  const choice = (value: Language, label: string): Markup =>
    html`<label><input type="radio" name="language" id="choose-${value}" ${language === value ? 'checked' : ''}> ${label}</label>`
  return html`<div class="language">${choice('en', 'English')}${choice('zh', '中文')}</div>`
}

function facts({ takenAt, scope, basis, columns, findings }: Profile): Markup {
  const at = html`<time datetime="${takenAt}">${takenAt.replace('T', ' ').slice(0, 16)} UTC</time>`
  const parts = {
    first_rows: REPORT_TEXT.firstRows,
    sample: REPORT_TEXT.sample,
    snapshot_part: REPORT_TEXT.snapshotPart,
  }
  const part = scope.part === undefined ? REPORT_TEXT.whole : parts[scope.part]
  const snapshot =
    scope.snapshotTakenAt === undefined ? html`` : html`, ${both(REPORT_TEXT.snapshot)} ${scope.snapshotTakenAt}`
  const sampled = basisText(grouped(basis.rows), percent(basis.shareError), percent(basis.rankError))
  const hasPersonal = findings.some(({ mask }) => mask)
  return html`<div class="facts"><span>${both(REPORT_TEXT.title)}</span><span>${both(REPORT_TEXT.taken)} <b>${at}</b></span><span>${both(REPORT_TEXT.rows)} <b>${grouped(scope.rows)}</b></span><span>${both(REPORT_TEXT.columns)} <b>${columns.length}</b></span><span>${both(REPORT_TEXT.scope)} <b>${both(part)}</b>${snapshot}</span></div>
<p class="note">${both(basis.isSample ? sampled : REPORT_TEXT.exactBasis)}${hasPersonal ? html` ${both(REPORT_TEXT.veiled)}` : ''}</p>`
}

/** What was said while the rows were read. */
function warningList(warnings: readonly string[]): Markup {
  if (warnings.length === 0) return html``
  const items = warnings.map((text) => html`<li>${both(inBoth((language) => toldIn(text, language)))}</li>`)
  return html`<ul class="findings">${items}</ul>`
}

function findingList(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return html`<p>${both(REPORT_TEXT.noFindings)}</p>`
  const items = findings.map(
    (finding) =>
      html`<li class="${finding.harm}"><span class="harm">${both(inBoth((language) => harmText(finding.harm, language)))}</span>${both(inBoth((language) => findingText(finding, language)))}${finding.evidence.isSample ? html` <span class="note">(${both(REPORT_TEXT.sampled)})</span>` : ''}</li>`,
  )
  return html`<ul class="findings">${items}</ul>`
}

function inBoth(text: (language: Language) => string): Localized {
  return { en: text('en'), zh: text('zh') }
}

function changes({ before, changes: all }: Comparison): Markup {
  const beyond = all.filter(({ isBeyond }) => isBeyond)
  const list =
    beyond.length === 0
      ? html`<p>${both(REPORT_TEXT.noChanges)}</p>`
      : html`<ul class="findings">${beyond.map((change) => html`<li>${both({ en: changeText(change, 'en'), zh: changeText(change, 'zh') })}</li>`)}</ul>`
  return html`<h2>${both(REPORT_TEXT.changes)} ${before.dataset}, ${before.takenAt.replace('T', ' ').slice(0, 16)} UTC</h2>${list}`
}

function overview(profile: Profile): Markup {
  const key = (['valid', 'suspect', 'missing'] as const).map(
    (name) => html`<i class="key ${name}"></i>${both(REPORT_TEXT[name])}`,
  )
  return html`<p class="note">${key}</p><table><thead><tr><th>${both(REPORT_TEXT.column)}</th><th>${both(REPORT_TEXT.type)}</th><th>${both(REPORT_TEXT.health)}</th><th class="number">${both(REPORT_TEXT.missing)}</th><th class="number">${both(REPORT_TEXT.distinct)}</th><th></th></tr></thead><tbody>${profile.columns.map((column) => overviewRow(column, profile))}</tbody></table>`
}

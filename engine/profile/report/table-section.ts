import { grouped } from '../../contract/profile/finding-texts.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { both, html, type Markup } from './markup.ts'
import { REPORT_TEXT } from './texts.ts'

const SHOWN = 15
const METHODS = { pearson: 'Pearson', spearman: 'Spearman', cramers_v: 'Cramér’s V' }

/** What columns say about each other. */
export function tableSection({ table }: Profile): Markup {
  const { keys, dependencies, correlations, duplicateRows } = table
  return html`<h4>${both(REPORT_TEXT.keys)}${mark(keys.isSample)}</h4>${list(keys.found.map(({ columns }) => html`<code>${columns.join(' + ')}</code>`))}
<h4>${both(REPORT_TEXT.dependencies)}${mark(dependencies.isSample)}</h4>${list(
    dependencies.found
      .slice(0, SHOWN)
      .map(
        ({ by, column, violations }) =>
          html`<code>${by}</code> ${both(REPORT_TEXT.decides)} <code>${column}</code>${violations === 0 ? '' : html` (${both(REPORT_TEXT.except)} ${grouped(violations)})`}`,
      ),
  )}
<h4>${both(REPORT_TEXT.correlations)}${mark(correlations.isSample)}</h4>${list(
    correlations.found
      .slice(0, SHOWN)
      .map(
        ({ columns, method, value }) =>
          html`<code>${columns[0]}</code>, <code>${columns[1]}</code>: ${value.toFixed(3)} <span class="note">${METHODS[method]}</span>`,
      ),
  )}
${duplicateRows === undefined ? '' : html`<h4>${both(REPORT_TEXT.duplicates)}</h4><p>${grouped(duplicateRows)}</p>`}`
}

function mark(isSample: boolean): Markup {
  return isSample ? html` <span class="note">(${both(REPORT_TEXT.sampled)})</span>` : html``
}

function list(items: readonly Markup[]): Markup {
  return items.length === 0
    ? html`<p class="note">${both(REPORT_TEXT.none)}</p>`
    : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

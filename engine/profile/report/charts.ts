import type { CountedValue, HistogramBin } from '../../contract/profile/column-profile.ts'
import { grouped, percent } from '../../contract/profile/finding-texts.ts'
import type { Health } from '../../contract/profile/health.ts'
import { html, type Markup } from './markup.ts'

const [WIDTH, HEIGHT] = [320, 72]

/** Bars of equal width, each with its range and count as its title. */
export function histogramChart(bins: readonly HistogramBin[]): Markup {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const step = WIDTH / Math.max(bins.length, 1)
  const bars = bins.map(({ from, to, count }, i) => {
    const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT)
    return html`<rect x="${(i * step).toFixed(2)}" y="${(HEIGHT - height).toFixed(2)}" width="${Math.max(step - 1, 0.5).toFixed(2)}" height="${height.toFixed(2)}"><title>${from} … ${to}: ${grouped(count)}</title></rect>`
  })
  return html`<svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img">${bars}</svg>`
}

/** One line for each value with a bar for its share. */
export function valueBars(values: readonly CountedValue[], of: number): Markup {
  const rows = values.map(
    ({ value, count }) =>
      html`<tr><td class="value">${value === '' ? '∅' : value}</td><td class="bar"><i style="width:${of === 0 ? 0 : ((100 * count) / of).toFixed(1)}%"></i></td><td class="number">${grouped(count)}</td><td class="number">${percent(of === 0 ? 0 : count / of)}</td></tr>`,
  )
  return html`<table class="values"><tbody>${rows}</tbody></table>`
}

export function healthBar({ valid, suspect, missing }: Health): Markup {
  return html`<span class="health">${part('valid', valid)}${part('suspect', suspect)}${part('missing', missing)}</span>`
}

function part(name: string, share: number): Markup {
  return html`<i class="${name}" style="width:${(share * 100).toFixed(2)}%"></i>`
}

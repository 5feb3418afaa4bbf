import { COLOURS, FONT, type ThemeMode } from '../theme/tokens.ts'
import type { ChartSpec } from './chart-spec.ts'

interface Hovered {
  readonly dataIndex: number
}

/** Pure: a chart as ECharts draws it, in our colours. Labels come as text, never as markup. */
export function chartOption(spec: ChartSpec, mode: ThemeMode) {
  const { kind, labels, series, format } = spec
  const colours = COLOURS[mode]
  const text = { color: colours['text-muted'], fontFamily: FONT, fontSize: 11 }
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: [...labels],
      boundaryGap: kind === 'bar',
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: colours.border } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      // Nothing is nothing in any unit: no `0 ms` under seconds.
      axisLabel: { ...text, formatter: (value: number) => (value === 0 ? '0' : format(value)) },
      splitLine: { lineStyle: { color: colours.border } },
    },
    tooltip: {
      trigger: 'axis',
      // Drawn, not written as HTML: labels are names that anyone may choose.
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours['bg-raised'],
      borderColor: colours['border-strong'],
      textStyle: { color: colours.text, fontFamily: FONT, fontSize: 12 },
      formatter: (hovered: Hovered | readonly Hovered[]) => hoverText(spec, indexOf(hovered)),
    },
    series: series.map(({ name, colour, values }) => ({
      type: kind,
      name,
      data: [...values],
      itemStyle: { color: colours[colour] },
      ...(kind === 'bar'
        ? { stack: 'all', barMaxWidth: 24 }
        : { showSymbol: false, lineStyle: { width: 1.5 }, areaStyle: { opacity: 0.12 } }),
    })),
  }
}

/** What is said of one label: every value of it. */
export function hoverText({ labels, series, format }: ChartSpec, index: number): string {
  const values = series.flatMap(({ name, values: all }) => {
    const value = all[index]
    return value === null || value === undefined ? [] : [`${name}: ${format(value)}`]
  })
  return [labels[index] ?? '', ...values].join('\n')
}

function indexOf(hovered: Hovered | readonly Hovered[]): number {
  if ('dataIndex' in hovered) return hovered.dataIndex
  return hovered[0]?.dataIndex ?? 0
}

import { describe, expect, it } from 'vitest'
import { COLOURS } from '../theme/tokens.ts'
import { chartOption, hoverText } from './chart-option.ts'
import type { ChartSpec } from './chart-spec.ts'

const spec: ChartSpec = {
  kind: 'bar',
  labelName: 'Run',
  labels: ['first', '<b>second</b>'],
  series: [
    { name: 'written', colour: 'ok', values: [10, null] },
    { name: 'refused', colour: 'error', values: [2, 3] },
  ],
  format: (value) => `${value} rows`,
}

describe('a chart', () => {
  it.each(['light', 'dark'] as const)('has the colours of %s', (mode) => {
    const { series, tooltip } = chartOption(spec, mode)
    expect(series.map(({ itemStyle }) => itemStyle.color)).toEqual([COLOURS[mode].ok, COLOURS[mode].error])
    expect(tooltip.textStyle.color).toBe(COLOURS[mode].text)
  })

  it('stacks its bars and fills under its lines', () => {
    expect(chartOption(spec, 'light').series[0]).toMatchObject({ type: 'bar', stack: 'all' })
    expect(chartOption({ ...spec, kind: 'line' }, 'light').series[0]).toMatchObject({ type: 'line', showSymbol: false })
  })

  it('writes names of people into no markup', () => {
    expect(chartOption(spec, 'light').tooltip.renderMode).toBe('richText')
  })

  it.each([
    ['every value', 0, 'first\nwritten: 10 rows\nrefused: 2 rows'],
    ['only values that are there', 1, '<b>second</b>\nrefused: 3 rows'],
    ['nothing behind its end', 7, ''],
  ])('says %s of a label', (_case, index, text) => {
    expect(hoverText(spec, index)).toBe(text)
  })

  it('counts from 0, without a unit', () => {
    const { formatter } = chartOption(spec, 'light').yAxis.axisLabel
    expect([0, 5].map(formatter)).toEqual(['0', '5 rows'])
  })

  it('says it where it is pointed at, of one or of several', () => {
    const { formatter } = chartOption(spec, 'light').tooltip
    expect(formatter([{ dataIndex: 1 }])).toBe(formatter({ dataIndex: 1 }))
  })
})

import type { chartOption } from './chart-option.ts'

export interface OpenChart {
  draw(option: ReturnType<typeof chartOption>): void
  dispose(): void
}

/** A chart in an element, as wide as that is; loads the library when it is the first. */
export async function openChart(place: HTMLElement, onChoose: (index: number) => void): Promise<OpenChart> {
  const { init } = await import('./echarts.ts')
  const chart = init(place, undefined, { renderer: 'svg' })
  chart.on('click', ({ dataIndex }) => {
    if (dataIndex !== undefined) onChoose(dataIndex)
  })
  const sizes = new ResizeObserver(() => chart.resize())
  sizes.observe(place)
  return {
    draw: (option) => chart.setOption(option, { notMerge: true }),
    dispose: () => {
      sizes.disconnect()
      chart.dispose()
    },
  }
}

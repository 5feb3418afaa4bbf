import type { ColourName } from '../theme/tokens.ts'

export interface ChartSeries {
  readonly name: string
  readonly colour: ColourName
  /** One for each label; null where there is none. */
  readonly values: readonly (number | null)[]
}

/** What a chart shows; its table says the same. */
export interface ChartSpec {
  readonly kind: 'line' | 'bar'
  /** What the labels are: `Time`, `Run`. */
  readonly labelName: string
  readonly labels: readonly string[]
  /** Bars stand on each other. */
  readonly series: readonly ChartSeries[]
  /** A value in words: `1,200`, `3.4 s`. */
  readonly format: (value: number) => string
}

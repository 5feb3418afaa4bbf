/** Heights of bars between 0 and 1, the highest value at 1. All zero when every value is. */
export function barHeights(values: readonly number[]): readonly number[] {
  const most = Math.max(0, ...values)
  return values.map((value) => (most === 0 ? 0 : value / most))
}

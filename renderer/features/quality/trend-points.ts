/** Scores from 0 to 100 as the points of a line, the oldest on the left. */
export function trendPoints(
  scores: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const step = scores.length < 2 ? 0 : width / (scores.length - 1)
  return scores.map((score, i) => `${(i * step).toFixed(1)},${(height * (1 - score / 100)).toFixed(1)}`).join(' ')
}

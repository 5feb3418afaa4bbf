import type { StandardFile } from '../../../contract/standard-file.ts'
import { patternOf } from '../../../govern/name-pattern.ts'

/** The standards that are for one of the datasets: those that name none are for all. */
export function applicable(
  standards: ReadonlyMap<string, StandardFile>,
  datasets: readonly string[],
): [string, StandardFile][] {
  return [...standards].filter(
    ([, { datasets: meant }]) =>
      meant === undefined || meant.some((pattern) => datasets.some((dataset) => patternOf(pattern).test(dataset))),
  )
}

import { connections } from '../features/connections/index.ts'
import { datasets } from '../features/datasets/index.ts'
import { home } from '../features/home/index.ts'
import { jobs } from '../features/jobs/index.ts'
import { pipelines } from '../features/pipelines/index.ts'
import { quality } from '../features/quality/index.ts'
import { runs } from '../features/runs/index.ts'
import { servers } from '../features/servers/index.ts'
import { settings } from '../features/settings/index.ts'
import { syncs } from '../features/syncs/index.ts'
import type { Activity, Command, Feature, Finder, TabKind } from './feature.ts'

/** Every feature of the studio, by the order of a day's work. */
const FEATURES: readonly Feature[] = [
  home,
  connections,
  datasets,
  pipelines,
  syncs,
  jobs,
  quality,
  runs,
  servers,
  settings,
]

export const ACTIVITIES: readonly Activity[] = FEATURES.flatMap(({ activities = [] }) => activities).toSorted(
  (a, b) => a.order - b.order,
)
export const COMMANDS: readonly Command[] = FEATURES.flatMap(({ commands = [] }) => commands)
export const FINDERS: readonly Finder[] = FEATURES.flatMap(({ finders = [] }) => finders)

const TABS = new Map(FEATURES.flatMap(({ tabs = [] }) => tabs).map((tab) => [tab.kind, tab]))

/** Undefined for a kind of an extension that is not there any more. */
export function tabKind(kind: string): TabKind | undefined {
  return TABS.get(kind)
}

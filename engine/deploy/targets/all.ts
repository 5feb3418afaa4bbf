import type { ExportKind } from '../../contract/api/deploy.ts'
import type { ExportTarget } from './target.ts'

/** Every form of an export: the only place that knows them all. */
export const EXPORT_TARGETS: Readonly<Record<ExportKind, () => Promise<ExportTarget>>> = {
  bundle: async () => (await import('./bundle/target.ts')).bundleTarget,
  sql: async () => (await import('./sql/target.ts')).sqlTarget,
}

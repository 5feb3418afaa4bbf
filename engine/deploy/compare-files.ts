import type { FileChange } from '../contract/api/servers.ts'
import type { BundleContent } from '../contract/bundle-file.ts'
import { compareSettings } from './compare-settings.ts'

const ORDER: Record<FileChange['change'], number> = { changed: 0, added: 1, removed: 2, same: 3 }

/** What a push would change: every file of both sides, those that differ first, then by name. */
export function compareFiles(
  deployed: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, BundleContent>>,
): FileChange[] {
  const names = [...new Set([...Object.keys(deployed), ...Object.keys(wanted)])].toSorted()
  const changes = names.map((file): FileChange => {
    const [before, after] = [deployed[file], textOf(wanted[file])]
    if (before === undefined) return { file, change: 'added', ...(after === undefined ? {} : { wanted: after }) }
    if (after === undefined) return { file, change: 'removed', deployed: before }
    if (before === after) return { file, change: 'same', deployed: before, wanted: after }
    const settings = file.endsWith('.yaml') ? { settings: compareSettings(before, after) } : {}
    return { file, change: 'changed', deployed: before, wanted: after, ...settings }
  })
  return changes.toSorted((a, b) => ORDER[a.change] - ORDER[b.change])
}

/** Bytes that are no text are shown as their base64: they differ or not. */
function textOf(content: BundleContent | undefined): string | undefined {
  return typeof content === 'object' ? content.base64 : content
}

const MOST_TABS = 10

/**
 * What to open of files that were uploaded into one folder: those of one ending in one folder are one dataset, by a glob; a file
 * that is alone is itself.
 */
export function placesToOpen(paths: readonly string[]): string[] {
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const key = `${folderOf(path)}/*${endingOf(path)}`
    groups.set(key, [...(groups.get(key) ?? []), path])
  }
  return [...groups].map(([glob, [first = '', ...others]]) => (others.length === 0 ? first : glob)).slice(0, MOST_TABS)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function endingOf(path: string): string {
  return /^.+?((?:\.[^.]{1,16})?\.(?:gz|zst)|\.[^.]{1,16})$/i.exec(path.slice(path.lastIndexOf('/') + 1))?.[1] ?? ''
}

import { realpathSync } from 'node:fs'

/** A folder for `Session.folders`: as it is written and as it really is, since DuckDB compares paths by their letters. */
export function reachableFolders(folder: string): readonly string[] {
  try {
    return [...new Set([folder, realpathSync(folder)])]
  } catch {
    return [folder]
  }
}

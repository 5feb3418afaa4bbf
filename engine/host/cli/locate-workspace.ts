import { resolve } from 'node:path'
import { findWorkspace } from '../../workspace/load.ts'

/** The workspace named, else the one around the current folder. */
export async function locateWorkspace(named: string | undefined, directory: string): Promise<string | undefined> {
  return named === undefined ? findWorkspace(directory) : resolve(directory, named)
}

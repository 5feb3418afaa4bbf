import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathExists } from '../../os/path-exists.ts'
import type { StudioOffer } from '../http/serve-studio-pages.ts'
import { openUploads } from '../uploads/uploads.ts'
import { type SessionOptions, workspaceSessions } from './workspace-sessions.ts'

/** From a checkout the pages are in dist/renderer of its root; in a build they lie beside the command line. */
const PLACES = ['../../../dist/renderer', '../../../renderer'].map((place) => join(import.meta.dirname, place))

/** The studio for browsers, confined to `folders`; undefined when its pages were not built. */
export async function studioOffer(
  folders: readonly string[],
  { uploadLimitBytes, ...options }: Omit<SessionOptions, 'allowedFolders'> & { readonly uploadLimitBytes: number },
): Promise<StudioOffer | undefined> {
  const present = await Promise.all(PLACES.map((place) => pathExists(join(place, 'index.html'))))
  const pages = PLACES.find((_, index) => present[index])
  if (pages === undefined) return undefined
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })))
  const sessions = workspaceSessions({ ...options, allowedFolders: folders })
  const uploads = openUploads({ folders, limitBytes: uploadLimitBytes })
  return { pages, uploads, open: (workspace, actor) => sessions.open(workspace, actor) }
}

import { z } from 'zod'
import { languageSchema } from '../localized.ts'
import { procedure } from './procedure.ts'

export const studioSettingsSchema = z.object({
  /** Follows the system when absent. */
  language: languageSchema.optional(),
  /** DuckDB's limit for one piece of work; the process needs about twice this. */
  memoryLimitMb: z.int().min(128).max(1_048_576).optional(),
  threads: z.int().min(1).max(1_024).optional(),
  /** A folder with DuckDB extensions that were put there by hand; Runnel never fetches any. */
  extensionFolder: z.string().optional(),
})
export type StudioSettings = z.infer<typeof studioSettingsSchema>

const recentSchema = z.object({
  directory: z.string(),
  name: z.string(),
  /** ISO 8601. */
  openedAt: z.string(),
  /** False when the folder is not there now. */
  isThere: z.boolean(),
})
export type RecentWorkspace = z.infer<typeof recentSchema>

const entrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  sizeBytes: z.number().optional(),
  modifiedAt: z.string().optional(),
  /** A folder that holds a workspace. */
  isWorkspace: z.boolean().optional(),
  /** The connection kind that opens the file. */
  opensWith: z.string().optional(),
})
export type BrowseEntry = z.infer<typeof entrySchema>

const directory = z.object({ directory: z.string() })

/** Works with and without a workspace. */
export const studioProcedures = {
  info: procedure.output(
    z.object({
      version: z.string(),
      /** Where the engine runs: beside a desktop window, on a server for browsers, or in the terminal's process. */
      host: z.enum(['desktop', 'server', 'terminal']),
      platform: z.string(),
      workspace: z.object({ directory: z.string(), name: z.string() }).optional(),
      folders: z.object({
        home: z.string(),
        /** Where new workspaces are proposed. */
        workspaces: z.string(),
        /** When set, files outside of these cannot be reached. */
        allowed: z.array(z.string()).optional(),
      }),
    }),
  ),
  /** Workspaces that were opened before, last opened first. */
  recent: {
    list: procedure.output(z.array(recentSchema)),
    add: procedure.input(directory).output(z.array(recentSchema)),
    remove: procedure.input(directory).output(z.array(recentSchema)),
  },
  /** Makes a workspace with example data, pipelines and a job, in a new folder. */
  sample: procedure.input(z.object({ directory: z.string().optional() })).output(directory),
  /** Folders and files of the engine's machine, folders first, in name order; at most 10,000. */
  browse: procedure
    .input(
      z.object({
        directory: z.string().optional(),
        /** Only files with one of these endings (with dot). */
        extensions: z.array(z.string()).optional(),
        showHidden: z.boolean().optional(),
      }),
    )
    .output(
      z.object({
        directory: z.string(),
        /** Absent at the top of what may be reached. */
        parent: z.string().optional(),
        entries: z.array(entrySchema),
        isCut: z.boolean(),
      }),
    ),
  settings: {
    get: procedure.output(studioSettingsSchema),
    set: procedure.input(studioSettingsSchema).output(studioSettingsSchema),
  },
  /** What Runnel is made of and under which licences. */
  licences: procedure.output(
    z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), homepage: z.string().optional() })),
  ),
}

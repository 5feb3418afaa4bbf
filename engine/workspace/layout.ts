import { z } from 'zod'
import { classesFileSchema } from '../contract/classes-file.ts'
import { codeListFileSchema } from '../contract/code-list-file.ts'
import { connectionFileSchema, environmentFileSchema, workspaceFileSchema } from '../contract/connection-file.ts'
import { Failure } from '../contract/failure.ts'
import { jobFileSchema } from '../contract/job-file.ts'
import { pipelineFileSchema } from '../contract/pipeline-file.ts'
import { policyFileSchema } from '../contract/policy-file.ts'
import { rulesFileSchema } from '../contract/rule.ts'
import { standardFileSchema } from '../contract/standard-file.ts'
import { syncFileSchema } from '../contract/sync-file.ts'

export const WORKSPACE_FILE = 'runnel.yaml'
/** Local state, never in git. */
export const STATE_FOLDER = '.runnel'

/** Folders that hold one YAML file per named thing, and the schema of those files. */
export const NAMED_FILES = {
  connections: connectionFileSchema,
  environments: environmentFileSchema,
  pipelines: pipelineFileSchema,
  jobs: jobFileSchema,
  syncs: syncFileSchema,
  policies: policyFileSchema,
  rules: rulesFileSchema,
  standards: standardFileSchema,
  'standards/codes': codeListFileSchema,
  'standards/classes': classesFileSchema,
} as const
export type NamedFolder = keyof typeof NAMED_FILES

export const workspaceSchema = workspaceFileSchema

const nameSchema = z.string().regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u)

/** Whether a name can be that of a connection, pipeline or any other file: also safe as a file name. */
export function isFileName(name: string): boolean {
  return name.length <= 128 && nameSchema.safeParse(name).success && !name.endsWith('.')
}

/**
 * The file of a named thing, relative to the workspace and with `/`.
 * @throws Failure `workspace.name_invalid`
 */
export function fileOf(folder: NamedFolder, name: string): string {
  if (!isFileName(name)) throw new Failure('workspace.name_invalid', { name })
  return `${folder}/${name}.yaml`
}

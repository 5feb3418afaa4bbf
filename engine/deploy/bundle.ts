import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  BUNDLE_LIMIT_BYTES,
  BUNDLE_VERSION,
  type Bundle,
  type BundleContent,
  type BundleManifest,
  type BundleSchemas,
  SCHEMAS_FILE,
} from '../contract/bundle-file.ts'
import type { Column } from '../contract/column.ts'
import { testsFileSchema } from '../contract/tests-file.ts'
import { pathExists } from '../os/path-exists.ts'
import { requireSound } from '../workspace/load.ts'
import { parseFile } from '../workspace/parse-file.ts'
import { readFileText } from '../workspace/read-file.ts'
import { environmentOf, unknownName } from '../workspace/resolve-connection.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { editYaml } from '../workspace/write-yaml.ts'
import { readBundleFile } from './bundle-source.ts'
import { canonicalJson } from './canonical-json.ts'
import { refuseInlineSecrets } from './inline-secrets.ts'
import { type JobParts, partsOfJob } from './job-parts.ts'
import { bytesOf, parseBundle } from './parse-bundle.ts'
import { sha256 } from './sign.ts'

/** How long a push may take to arrive. */
export const PUSH_VALID_MS = 60 * 60_000
const DAY_MS = 86_400_000
/** How long an exported bundle may lie before someone pushes it. */
export const EXPORT_VALID_MS = 30 * DAY_MS

export interface BundleRequest extends SealRequest {
  readonly workspace: Workspace
  readonly job: string
  /** The job runs in this environment on the server; its own, else the workspace's default, when absent. */
  readonly environment?: string
  /** Columns of source nodes as they are now, by `pipeline/node`. */
  readonly schemas?: Readonly<Record<string, readonly Column[]>>
}

interface SealRequest {
  readonly createdAtMs: number
  readonly validForMs: number
  readonly nonce: string
}

/** A sync instead of a job. */
export interface SyncBundleRequest extends SealRequest {
  readonly workspace: Workspace
  readonly sync: string
  readonly environment?: string
}

export function newNonce(): string {
  return randomBytes(24).toString('base64url')
}

/**
 * A bundle, not yet signed, of a job and all it needs. Connections and environments go as they are written: secrets stay names.
 * Of the environments only the one that applies is taken.
 * @throws Failure `workspace.name_unknown`, `workspace.invalid`, `bundle.secret_inline`, `bundle.too_large`, `bundle.invalid`
 */
export async function buildBundle(request: BundleRequest): Promise<Bundle> {
  const { workspace, schemas = {} } = request
  const parts = partsOfJob(workspace, request.job)
  const environment = environmentOf(workspace, request.environment ?? parts.job.environment)
  const environments = environment === undefined ? [] : [environment]
  await refuseInlineSecrets(workspace, parts.connections, environments)
  const files = new Map<string, BundleContent>()
  for (const path of [
    'runnel.yaml',
    ...parts.connections.map((name) => `connections/${name}.yaml`),
    ...environments.map((name) => `environments/${name}.yaml`),
    ...[...parts.pipelines.keys()].map((name) => `pipelines/${name}.yaml`),
    ...[...parts.rules.keys()].map((name) => `rules/${name}.yaml`),
    ...[...parts.syncs.keys()].map((name) => `syncs/${name}.yaml`),
    ...parts.codeLists.map((name) => `standards/codes/${name}.yaml`),
  ]) {
    files.set(path, await readFileText(workspace.directory, path))
  }
  files.set(`jobs/${request.job}.yaml`, await jobText(request, parts))
  for (const pipeline of parts.pipelines.keys()) await addTests(workspace, pipeline, files)
  const cached: BundleSchemas = { version: 1, sources: copied(schemas) }
  if (Object.keys(schemas).length > 0) files.set(SCHEMAS_FILE, canonicalJson(cached))
  return seal({ job: request.job }, files, request)
}

/**
 * A bundle, not yet signed, of a sync with its two connections.
 * @throws Failure as `buildBundle`
 */
export async function buildSyncBundle(request: SyncBundleRequest): Promise<Bundle> {
  const { workspace, sync } = request
  const file = workspace.syncs.get(sync) ?? unknownName('sync', sync, workspace.syncs)
  const connections = [...new Set([file.source, file.target])]
  for (const name of connections) {
    if (!workspace.connections.has(name)) unknownName('connection', name, workspace.connections)
  }
  const environment = environmentOf(workspace, request.environment ?? file.environment)
  const environments = environment === undefined ? [] : [environment]
  await refuseInlineSecrets(workspace, connections, environments)
  const files = new Map<string, BundleContent>()
  for (const path of [
    'runnel.yaml',
    ...connections.map((name) => `connections/${name}.yaml`),
    ...environments.map((name) => `environments/${name}.yaml`),
  ]) {
    files.set(path, await readFileText(workspace.directory, path))
  }
  const path = `syncs/${sync}.yaml`
  const text = await readFileText(workspace.directory, path)
  const isAsWritten = environment === undefined || environment === file.environment
  files.set(path, isAsWritten ? text : editYaml(text, { ...file, environment }))
  return seal({ kind: 'sync', job: sync }, files, request)
}

function seal(
  what: Pick<BundleManifest, 'job'> & Partial<Pick<BundleManifest, 'kind'>>,
  files: ReadonlyMap<string, BundleContent>,
  { createdAtMs, validForMs, nonce }: SealRequest,
): Bundle {
  const ordered = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return parseBundle({
    manifest: {
      version: BUNDLE_VERSION,
      ...what,
      createdAt: new Date(createdAtMs).toISOString(),
      expiresAt: new Date(createdAtMs + validForMs).toISOString(),
      nonce,
      files: Object.fromEntries(ordered.map(([path, content]) => [path, sha256(bytesOf(content))])),
    },
    files: Object.fromEntries(ordered),
  })
}

/** The job's file; with the environment it is pushed for when that is another than the one written. */
async function jobText({ workspace, job, environment }: BundleRequest, parts: JobParts): Promise<string> {
  const text = await readFileText(workspace.directory, `jobs/${job}.yaml`)
  if (environment === undefined || environment === parts.job.environment) return text
  return editYaml(text, { ...parts.job, environment })
}

async function addTests({ directory }: Workspace, pipeline: string, files: Map<string, BundleContent>): Promise<void> {
  const file = `pipelines/${pipeline}.tests.yaml`
  const isThere = await pathExists(join(directory, file))
  if (!isThere) return
  const text = await readFileText(directory, file)
  const parsed = parseFile({ file, text, schema: testsFileSchema, language: 'en' })
  requireSound(parsed)
  files.set(file, text)
  for (const { inputs } of Object.values(parsed.value?.tests ?? {})) {
    for (const input of Object.values(inputs)) {
      if (!('file' in input)) continue
      const path = `pipelines/${input.file}`
      if (!files.has(path)) files.set(path, await readBundleFile(directory, path, BUNDLE_LIMIT_BYTES))
    }
  }
}

function copied(schemas: Readonly<Record<string, readonly Column[]>>): BundleSchemas['sources'] {
  return Object.fromEntries(Object.entries(schemas).map(([source, columns]) => [source, [...columns]]))
}

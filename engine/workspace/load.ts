import { readdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { z } from 'zod'
import type { ClassesFile } from '../contract/classes-file.ts'
import type { CodeListFile } from '../contract/code-list-file.ts'
import type { ConnectionFile, EnvironmentFile } from '../contract/connection-file.ts'
import { Failure } from '../contract/failure.ts'
import type { JobFile } from '../contract/job-file.ts'
import type { Language } from '../contract/localized.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import type { PolicyFile } from '../contract/policy-file.ts'
import type { RulesFile } from '../contract/rule.ts'
import type { StandardFile } from '../contract/standard-file.ts'
import type { SyncFile } from '../contract/sync-file.ts'
import { pathExists } from '../os/path-exists.ts'
import { isFileName, NAMED_FILES, type NamedFolder, WORKSPACE_FILE, workspaceSchema } from './layout.ts'
import { fillText, parseFile } from './parse-file.ts'
import { readWorkspaceText } from './read-file.ts'
import type { Workspace, WorkspaceProblem } from './workspace.ts'

/**
 * Reads every file of a workspace; connects to nothing. Problems are listed, not thrown.
 * @param language of the problems' messages
 * @throws Failure `workspace.missing` when there is no runnel.yaml in the folder.
 */
export async function loadWorkspace(directory: string, language: Language = 'en'): Promise<Workspace> {
  const path = resolve(directory)
  const root = await realpath(path).catch(() => undefined)
  if (root === undefined || !(await pathExists(join(root, WORKSPACE_FILE)))) {
    throw new Failure('workspace.missing', { directory: path })
  }
  const problems: WorkspaceProblem[] = []
  const reader = { root, language, problems }
  const file = await loadFile(reader, WORKSPACE_FILE, workspaceSchema)
  const connections: Map<string, ConnectionFile> = await loadFolder(reader, 'connections', NAMED_FILES.connections)
  const environments: Map<string, EnvironmentFile> = await loadFolder(reader, 'environments', NAMED_FILES.environments)
  const pipelines: Map<string, PipelineFile> = await loadFolder(reader, 'pipelines', NAMED_FILES.pipelines)
  const jobs: Map<string, JobFile> = await loadFolder(reader, 'jobs', NAMED_FILES.jobs)
  const policies: Map<string, PolicyFile> = await loadFolder(reader, 'policies', NAMED_FILES.policies)
  const syncs: Map<string, SyncFile> = await loadFolder(reader, 'syncs', NAMED_FILES.syncs)
  const rules: Map<string, RulesFile> = await loadFolder(reader, 'rules', NAMED_FILES.rules)
  const standards: Map<string, StandardFile> = await loadFolder(reader, 'standards', NAMED_FILES.standards)
  const codeLists: Map<string, CodeListFile> = await loadFolder(
    reader,
    'standards/codes',
    NAMED_FILES['standards/codes'],
  )
  const classes: Map<string, ClassesFile> = await loadFolder(
    reader,
    'standards/classes',
    NAMED_FILES['standards/classes'],
  )
  const named = file ?? { version: 1 as const, name: root.split(/[\\/]/).at(-1) ?? 'workspace' }
  return {
    directory: root,
    file: named,
    connections,
    environments,
    pipelines,
    jobs,
    syncs,
    policies,
    rules,
    standards,
    codeLists,
    classes,
    problems,
  }
}

/** The nearest folder at or above `start` that has a runnel.yaml. */
export async function findWorkspace(start: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (await pathExists(join(folder, WORKSPACE_FILE))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** @throws Failure `workspace.invalid` with the first problems when there are any. */
export function requireSound({ problems }: Pick<Workspace, 'problems'>): void {
  if (problems.length === 0) return
  const shown = problems.slice(0, 5).map(printProblem)
  const rest = problems.length - shown.length
  throw new Failure('workspace.invalid', { problems: [...shown, ...(rest > 0 ? [`+${rest}`] : [])].join('; ') })
}

/** Folders whose files a push or an export takes along, and `runnel.yaml`. */
const PUSHED = ['connections/', 'environments/', 'pipelines/', 'jobs/', 'rules/', 'standards/codes/', WORKSPACE_FILE]

/**
 * A wrong policy or standard stays here: it keeps nothing from being pushed.
 * @throws Failure `workspace.invalid` when a file that could go along has problems.
 */
export function requirePushable({ problems }: Pick<Workspace, 'problems'>): void {
  requireSound({ problems: problems.filter(({ file }) => PUSHED.some((place) => file.startsWith(place))) })
}

/** `file:line:column path: message` */
export function printProblem({ file, line, column, path, message }: WorkspaceProblem): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`
}

interface Reader {
  readonly root: string
  readonly language: Language
  readonly problems: WorkspaceProblem[]
}

async function loadFolder<Value>(
  reader: Reader,
  folder: NamedFolder,
  schema: z.ZodType<Value>,
): Promise<Map<string, Value>> {
  const found = new Map<string, Value>()
  const entries = await readdir(join(reader.root, folder)).catch(() => [])
  for (const entry of entries.toSorted((a, b) => (a < b ? -1 : 1))) {
    const file = `${folder}/${entry}`
    if (entry.endsWith('.yml')) report(reader, file, fillText('yml', reader.language, {}))
    if (!entry.endsWith('.yaml') || entry.startsWith('.') || entry.endsWith('.tests.yaml')) continue
    const name = entry.slice(0, -'.yaml'.length)
    if (!isFileName(name)) {
      report(reader, file, fillText('name', reader.language, {}))
      continue
    }
    const value = await loadFile(reader, file, schema)
    if (value !== undefined) found.set(name, value)
  }
  return found
}

async function loadFile<Value>(reader: Reader, file: string, schema: z.ZodType<Value>): Promise<Value | undefined> {
  const read = await readWorkspaceText(reader.root, file, reader.language)
  if ('problem' in read) {
    report(reader, file, read.problem)
    return undefined
  }
  const parsed = parseFile({ file, text: read.text, schema, language: reader.language })
  reader.problems.push(...parsed.problems)
  return parsed.value
}

function report({ problems }: Reader, file: string, message: string): void {
  problems.push({ file, line: 1, column: 1, path: '', message })
}

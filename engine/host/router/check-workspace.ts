import { nearestName } from '../../base/suggest.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { describeFailure, isFailure } from '../../contract/failure.ts'
import type { JobFile } from '../../contract/job-file.ts'
import { fill, type Language, type Localized } from '../../contract/localized.ts'
import { fileOf, type NamedFolder } from '../../workspace/layout.ts'
import { locateInFile } from '../../workspace/locate.ts'
import { placeholdersOf } from '../../workspace/placeholders.ts'
import type { Workspace, WorkspaceProblem } from '../../workspace/workspace.ts'
import { checkPipelines } from './check-pipelines.ts'
import { codeListsNamed } from './code-lists-named.ts'
import { parseSettings, requireConnector } from './open-connection.ts'

const TEXT = {
  connection: { en: 'there is no connection {name}', zh: '没有名为 {name} 的连接' },
  pipeline: { en: 'there is no pipeline {name}', zh: '没有名为 {name} 的管道' },
  job: { en: 'there is no job {name}', zh: '没有名为 {name} 的作业' },
  sync: { en: 'there is no sync {name}', zh: '没有名为 {name} 的同步' },
  rules: { en: 'there are no rules called {name}, nor about it', zh: '没有名为 {name} 的规则，也没有关于它的规则' },
  codes: { en: 'there is no code list {name}', zh: '没有名为 {name} 的代码表' },
  environment: { en: 'there is no environment {name}', zh: '没有名为 {name} 的环境' },
  near: { en: '; did you mean {suggestion}?', zh: '；是否应为 {suggestion}？' },
  plainSecret: {
    en: '{field} is a secret and must be written as a reference to a secret or an environment variable',
    zh: '{field} 属于密钥，必须引用密钥或环境变量，不能写明文',
  },
  unreadWatch: {
    en: 'no pipeline of this job reads {dataset}, so each file would run the same',
    zh: '该作业的管道都不读取 {dataset}，因此每个文件的运行都相同',
  },
  misplacedSecret: { en: '{field} is not a secret field', zh: '{field} 不是密钥字段' },
} as const satisfies Record<string, Localized>

/**
 * All problems of a workspace that can be known without a connection: files, names that lead nowhere, settings their
 * connector refuses.
 */
export async function checkWorkspace(workspace: Workspace, language: Language): Promise<WorkspaceProblem[]> {
  const check = new Check(workspace, language)
  check.name(['runnel.yaml', ['environment']], 'environment', workspace.file.environment)
  for (const name of workspace.connections.keys()) await checkConnection(check, name)
  for (const [name, environment] of workspace.environments) {
    for (const connection of Object.keys(environment.connections ?? {})) {
      check.name([fileOf('environments', name), ['connections', connection]], 'connection', connection)
    }
  }
  for (const [name, job] of workspace.jobs) checkJob(check, name, job)
  for (const [name, { source, target, environment }] of workspace.syncs) {
    check.name([fileOf('syncs', name), ['environment']], 'environment', environment)
    check.name([fileOf('syncs', name), ['source']], 'connection', source)
    check.name([fileOf('syncs', name), ['target']], 'connection', target)
  }
  for (const [name, pipeline] of workspace.pipelines) {
    for (const [node, config] of Object.entries(pipeline.nodes)) {
      const dataset = config['dataset']
      if (typeof dataset !== 'string' || !dataset.includes(':')) continue
      const place: Place = [fileOf('pipelines', name), ['nodes', node, 'dataset']]
      check.name(place, 'connection', parseDatasetRef(dataset).connection)
    }
  }
  for (const { place, list } of codeListsNamed(workspace)) check.codeList(place, list)
  const ofPipelines = await checkPipelines(workspace, workspace.pipelines.keys(), language)
  return [...workspace.problems, ...(await check.located()), ...ofPipelines]
}

type Place = readonly [file: string, path: readonly PropertyKey[]]

/** Collects problems; lines and columns are looked up at the end, once per file. */
class Check {
  readonly workspace: Workspace
  readonly #language: Language
  readonly #found: { place: Place; message: string }[] = []

  constructor(workspace: Workspace, language: Language) {
    this.workspace = workspace
    this.#language = language
  }

  /** Reports a name that the workspace does not have; a file with problems of its own still counts as there. */
  name(place: Place, kind: 'connection' | 'environment' | 'pipeline' | 'job' | 'sync', name: string | undefined): void {
    const folder: NamedFolder = `${kind}s`
    const known = this.workspace[folder]
    if (name === undefined || known.has(name)) return
    if (this.workspace.problems.some(({ file }) => file === `${folder}/${name}.yaml`)) return
    this.#unknown(place, kind, name, known.keys())
  }

  #unknown(
    place: Place,
    kind: 'connection' | 'environment' | 'pipeline' | 'job' | 'sync' | 'rules' | 'codes',
    name: string,
    known: Iterable<string>,
  ): void {
    const suggestion = nearestName(name, known)
    const near = suggestion === undefined ? '' : fill(TEXT.near[this.#language], { suggestion })
    this.#found.push({ place, message: fill(TEXT[kind][this.#language], { name }) + near })
  }

  /** Reports a check that neither a file of rules nor the dataset of any is called like. */
  rules(place: Place, of: string): void {
    const { rules, problems } = this.workspace
    const known = new Map([...rules].flatMap(([name, file]) => [[name, file] as const, [file.dataset, file] as const]))
    if (known.has(of) || problems.some(({ file }) => file.startsWith('rules/'))) return
    this.#unknown(place, 'rules', of, known.keys())
  }

  codeList(place: Place, list: string): void {
    const { codeLists, problems } = this.workspace
    if (codeLists.has(list) || problems.some(({ file }) => file === `standards/codes/${list}.yaml`)) return
    this.#unknown(place, 'codes', list, codeLists.keys())
  }

  text(place: Place, key: keyof typeof TEXT, parameters: Readonly<Record<string, string>>): void {
    this.#found.push({ place, message: fill(TEXT[key][this.#language], parameters) })
  }

  failure(place: Place, error: unknown): void {
    if (!isFailure(error)) throw error
    this.#found.push({ place, message: describeFailure(error, this.#language).message })
  }

  async located(): Promise<WorkspaceProblem[]> {
    const problems: WorkspaceProblem[] = []
    for (const { place, message } of this.#found) {
      const [file, path] = place
      const position = await locateInFile(this.workspace.directory, file, path)
      problems.push({ file, ...position, path: path.map(String).join('.'), message })
    }
    return problems
  }
}

async function checkConnection(check: Check, name: string): Promise<void> {
  const connection = check.workspace.connections.get(name)
  if (connection === undefined) return
  const file = fileOf('connections', name)
  try {
    const connector = await requireConnector(name, connection.kind)
    const settings: Record<string, unknown> = {}
    let isOpen = false
    for (const [field, setting] of Object.entries(connection.settings)) {
      const places = placeholdersOf(setting)
      const place: Place = [file, ['settings', field]]
      if (connector.secrets.includes(field)) {
        if (places.length === 0 && setting !== null) check.text(place, 'plainSecret', { field })
        continue
      }
      if (places.some(({ kind }) => kind === 'secret')) check.text(place, 'misplacedSecret', { field })
      isOpen ||= places.length > 0
      settings[field] = setting
    }
    // A setting from the environment has no value here, so the connector's own schema cannot judge yet.
    if (!isOpen) parseSettings(connector, name, settings)
  } catch (error) {
    const path = isFailure(error, 'connection.kind_unknown') ? ['kind'] : ['settings']
    check.failure([file, path], error)
  }
}

function checkJob(check: Check, name: string, job: JobFile): void {
  const file = fileOf('jobs', name)
  job.steps.forEach((step, i) => {
    if ('check' in step) check.rules([file, ['steps', i, 'check']], step.check)
    else if ('sync' in step) check.name([file, ['steps', i, 'sync']], 'sync', step.sync)
    else check.name([file, ['steps', i, 'pipeline']], 'pipeline', step.pipeline)
  })
  if (job.watch !== undefined) checkWatch(check, file, job, job.watch.dataset)
  job.after?.forEach((other, i) => check.name([file, ['after', i]], 'job', other))
  check.name([file, ['environment']], 'environment', job.environment)
}

/** A job that waits for files which none of its pipelines reads would load something else for each of them. */
function checkWatch(check: Check, file: string, { steps }: JobFile, dataset: string): void {
  const place: Place = [file, ['watch', 'dataset']]
  check.name(place, 'connection', parseDatasetRef(dataset).connection)
  const pipelines = steps.flatMap((step) => ('pipeline' in step ? [check.workspace.pipelines.get(step.pipeline)] : []))
  const isRead = pipelines.some((pipeline) =>
    Object.values(pipeline?.nodes ?? {}).some((node) => node.type === 'source' && node['dataset'] === dataset),
  )
  if (!isRead && !pipelines.includes(undefined)) check.text(place, 'unreadWatch', { dataset })
}

import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import type { Sql } from '../../sql/sql.ts'
import type { Reading } from '../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { fingerprintOf } from '../shared/file-fingerprint.ts'
import { commitLoad, committedLoad, removeStaleTemporaries } from '../shared/file-loads.ts'
import { existingFile, type FileTarget, resolveTarget } from '../shared/file-target.ts'
import type { FileFolder, FolderFile } from '../shared/folder-file.ts'
import { plannedBlocks } from '../shared/planned-blocks.ts'
import { rowReading } from '../shared/row-segments.ts'
import { planValue, type ValuePlan } from '../shared/value-plan.ts'
import { composeFile } from './compose.ts'
import { formatOf, type JsonTargetOptions, sourceSchema, targetSchema } from './config.ts'
import { printRow } from './print.ts'
import { lineRecords } from './records.ts'
import { recordRows } from './rows.ts'

interface JsonTarget {
  readonly request: WriteRequest
  readonly options: JsonTargetOptions
  readonly file: FileTarget
  readonly isArray: boolean
  readonly plans: readonly ValuePlan[]
  readonly plan: WritePlan
}

/** What a load would do. @throws Failure `write.mode_unsupported`, `write.ddl_needed`, `type.unsupported`. */
export async function planJsonWrite(folder: FileFolder, request: WriteRequest): Promise<WritePlan> {
  return (await targetOf(folder, request)).plan
}

/** Opens a writer that stages NDJSON in the spill folder and swaps the composed file in at the commit. */
export async function openJsonWriter(folder: FileFolder, request: WriteRequest): Promise<Writer> {
  const target = await targetOf(folder, request)
  const committed = await committedLoad(target.file, request.loadId)
  await removeStaleTemporaries(target.file)
  const stageFolder = await mkdtemp(joinPath(request.duck.spillDirectory, 'json-'))
  const stage = await open(joinPath(stageFolder, 'stage.ndjson'), 'w')
  return new JsonWriter(target, { folder: stageFolder, file: stage }, committed)
}

class JsonWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats = []
  readonly #target: JsonTarget
  readonly #stage: { readonly folder: string; readonly file: FileHandle }
  #rows = 0n

  constructor(target: JsonTarget, stage: { folder: string; file: FileHandle }, committed: WriteOutcome | undefined) {
    this.plan = target.plan
    this.#target = target
    this.#stage = stage
    if (committed !== undefined) this.committed = committed
  }

  async stage(relation: Sql): Promise<bigint> {
    const { request, plans, options } = this.#target
    const printing = { dataset: request.dataset, plans, options }
    const staged = await plannedBlocks(request, plans, relation, (rows) =>
      this.#stage.file.writeFile(rows.map((row) => `${printRow(row, printing)}\n`).join('')),
    )
    this.#rows += staged
    return staged
  }

  async readBack(): Promise<Reading> {
    const { request, plans } = this.#target
    const file = await this.#stagedFile()
    const progress = { fileBytes: 0n }
    const columns = plans.map(({ column: { name }, type }) => ({ name, key: name, type }))
    const batches = recordRows({
      batches: lineRecords({ file, path: [], pathText: '$', progress, warn: () => undefined }),
      known: columns,
      columns,
      options: sourceSchema.parse({}),
      withLocator: false,
    })
    const bytes = (): { read: bigint; total: bigint } => ({
      read: progress.fileBytes,
      total: file.fingerprint.sizeBytes,
    })
    const { dataset, duck } = request
    return rowReading({ columns, warnings: [], batches, bytes }, { dataset, duck, options: {} })
  }

  async commit(): Promise<WriteOutcome> {
    const { request, file, isArray, options } = this.#target
    if (request.signal?.aborted) throw new Failure('work.cancelled', { what: `the load of ${request.dataset}` })
    const before = request.mode === 'append' && this.plan.exists ? await existingFile(file, request.signal) : undefined
    const stage = await this.#stagedFile()
    return commitLoad({
      target: file,
      loadId: request.loadId,
      state: request.state,
      inserted: this.#rows,
      ...(before === undefined ? { targetRows: this.#rows } : { isAppending: true }),
      signal: request.signal,
      produce: (temporary) =>
        composeFile(
          {
            stagePath: stage.path,
            name: file.name,
            isArray,
            isPretty: options.pretty,
            ...(before === undefined ? {} : { before }),
          },
          temporary,
        ),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage.file.close()
    await rm(this.#stage.folder, { recursive: true, force: true })
  }

  async #stagedFile(): Promise<FolderFile> {
    const path = joinPath(this.#stage.folder, 'stage.ndjson')
    return { name: this.#target.request.dataset, path, fingerprint: await fingerprintOf(path) }
  }
}

async function targetOf(folder: FileFolder, request: WriteRequest): Promise<JsonTarget> {
  const { dataset, mode } = request
  const options = targetSchema.parse(request.options ?? {})
  const isArray = formatOf(dataset, options.format) === 'json'
  const supported = isArray ? ['replace'] : ['replace', 'append']
  if (!supported.includes(mode)) throw new Failure('write.mode_unsupported', { dataset, mode, supported })
  const file = await resolveTarget(folder, dataset, request.signal)
  const { exists } = file
  if (!exists && request.ddl === 'never')
    throw new Failure('write.ddl_needed', { dataset, reason: 'there is no such file' })
  const plans = request.columns.map(planValue)
  const mappings = plans.map(({ column, fidelity }) => ({
    column: column.name,
    from: column.type,
    to: fidelity.kind === 'exact' ? column.type : 'text',
    fidelity,
  }))
  return { request, options, file, isArray, plans, plan: { exists, statements: [], mappings, warnings: [] } }
}

import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import type { Sql } from '../../sql/sql.ts'
import type { Reading } from '../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { fingerprintOf } from '../shared/file-fingerprint.ts'
import { commitLoad, committedLoad, removeStaleTemporaries } from '../shared/file-loads.ts'
import { type FileTarget, resolveTarget } from '../shared/file-target.ts'
import type { FileFolder, FolderFile } from '../shared/folder-file.ts'
import { plannedBlocks } from '../shared/planned-blocks.ts'
import { planValue, type ValuePlan } from '../shared/value-plan.ts'
import { writePacked } from '../shared/write-packed.ts'
import { sourceSchema, targetSchema, type XmlTargetOptions } from './config.ts'
import { fieldKey } from './infer.ts'
import { printHead, printRow, printTail } from './print.ts'
import { readFiles, type XmlFiles } from './read.ts'

interface XmlTarget {
  readonly request: WriteRequest
  readonly options: XmlTargetOptions
  readonly file: FileTarget
  readonly plans: readonly ValuePlan[]
  readonly plan: WritePlan
}

/** What a load would do. @throws Failure `write.mode_unsupported`, `write.ddl_needed`, `type.unsupported`. */
export async function planXmlWrite(folder: FileFolder, request: WriteRequest): Promise<WritePlan> {
  return (await targetOf(folder, request)).plan
}

/** Opens a writer that stages the rows' elements in the spill folder and swaps the whole document in at the commit. */
export async function openXmlWriter(folder: FileFolder, request: WriteRequest): Promise<Writer> {
  const target = await targetOf(folder, request)
  const committed = await committedLoad(target.file, request.loadId)
  await removeStaleTemporaries(target.file)
  const stageFolder = await mkdtemp(joinPath(request.duck.spillDirectory, 'xml-'))
  const stage = await open(joinPath(stageFolder, 'stage.rows'), 'w')
  return new XmlWriter(target, { folder: stageFolder, file: stage }, committed)
}

class XmlWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats = []
  readonly #target: XmlTarget
  readonly #stage: { readonly folder: string; readonly file: FileHandle }
  #rows = 0n

  constructor(target: XmlTarget, stage: { folder: string; file: FileHandle }, committed: WriteOutcome | undefined) {
    this.plan = target.plan
    this.#target = target
    this.#stage = stage
    if (committed !== undefined) this.committed = committed
  }

  async stage(relation: Sql): Promise<bigint> {
    const { request, plans, options } = this.#target
    const printing = { dataset: request.dataset, plans, options }
    const staged = await plannedBlocks(request, plans, relation, (rows) =>
      this.#stage.file.writeFile(rows.map((row) => printRow(row, printing)).join('')),
    )
    this.#rows += staged
    return staged
  }

  async readBack(): Promise<Reading> {
    const { request, plans, options } = this.#target
    const path = joinPath(this.#stage.folder, 'staged.xml')
    await writePacked(this.#pieces(), path, { name: path })
    const file: FolderFile = {
      name: request.dataset.replace(/\.(?:gz|zst)$/i, ''),
      path,
      fingerprint: await fingerprintOf(path),
    }
    const columns = plans.map(({ column: { name }, type }) => {
      const kind = options.attributes.includes(name) ? 'attribute' : 'child'
      return { name, key: fieldKey({ kind, name }), type }
    })
    const staged: XmlFiles = {
      files: [file],
      options: sourceSchema.parse({}),
      path: { path: `/${options.root}/${options.record}`, confidence: 1 },
      layout: { columns, sampledRecords: 0, warnings: [] },
    }
    const { dataset, duck } = request
    return readFiles(staged, { dataset, duck, options: {} })
  }

  commit(): Promise<WriteOutcome> {
    const { request, file } = this.#target
    if (request.signal?.aborted) throw new Failure('work.cancelled', { what: `the load of ${request.dataset}` })
    return commitLoad({
      target: file,
      loadId: request.loadId,
      state: request.state,
      inserted: this.#rows,
      targetRows: this.#rows,
      signal: request.signal,
      produce: (temporary) => writePacked(this.#pieces(), temporary, { name: request.dataset }),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage.file.close()
    await rm(this.#stage.folder, { recursive: true, force: true })
  }

  async *#pieces(): AsyncGenerator<string | Buffer> {
    const { options } = this.#target
    yield printHead(options)
    yield* createReadStream(joinPath(this.#stage.folder, 'stage.rows'))
    yield printTail(options)
  }
}

async function targetOf(folder: FileFolder, request: WriteRequest): Promise<XmlTarget> {
  const { dataset, mode } = request
  const options = targetSchema.parse(request.options ?? {})
  if (mode !== 'replace') throw new Failure('write.mode_unsupported', { dataset, mode, supported: ['replace'] })
  const file = await resolveTarget(folder, dataset, request.signal)
  const { exists } = file
  if (!exists && request.ddl === 'never') {
    throw new Failure('write.ddl_needed', { dataset, reason: 'there is no such file' })
  }
  const plans = request.columns.map(planXmlValue)
  const mappings = plans.map(({ column, fidelity }) => ({
    column: column.name,
    from: column.type,
    to: 'text',
    fidelity,
  }))
  return { request, options, file, plans, plan: { exists, statements: [], mappings, warnings: [] } }
}

/** Values of columns are text between tags; a list or struct would need a schema of its own. @throws Failure `type.unsupported` */
function planXmlValue(column: WriteRequest['columns'][number]): ValuePlan {
  const plan = planValue(column)
  if (plan.type.kind === 'leaf') return plan
  const reason = 'lists and structs are not written to XML; take them apart before'
  throw new Failure('type.unsupported', { column: column.name, type: column.type, reason })
}

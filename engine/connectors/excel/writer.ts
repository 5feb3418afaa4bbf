import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import type { Sql } from '../../sql/sql.ts'
import type { Reading } from '../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { fingerprintOf } from '../shared/file-fingerprint.ts'
import { commitLoad, committedLoad, removeStaleTemporaries } from '../shared/file-loads.ts'
import { existingFile, type FileTarget, resolveTarget } from '../shared/file-target.ts'
import type { FileFolder, FolderFile } from '../shared/folder-file.ts'
import { plannedBlocks } from '../shared/planned-blocks.ts'
import { planValue, type ValuePlan } from '../shared/value-plan.ts'
import { MAX_COLUMNS, MAX_ROWS } from './cell-address.ts'
import { type ExcelTargetOptions, targetSchema } from './config.ts'
import { parseBookName } from './dataset-name.ts'
import { openWorkbook } from './open-workbook.ts'
import { readStage } from './read-stage.ts'
import { SheetWriter } from './sheet-writer.ts'

interface ExcelTarget {
  readonly request: WriteRequest
  readonly options: ExcelTargetOptions
  readonly file: FileTarget
  readonly sheet: string
  readonly plans: readonly LeafPlan[]
  readonly plan: WritePlan
}

interface LeafPlan extends ValuePlan {
  readonly leaf: string
}

const SHEET_NAME = /^[^\\/?*[\]:]{1,31}$/

/** What a load would do. @throws Failure `write.mode_unsupported`, `write.ddl_needed`, `type.unsupported`, `target.rejected`. */
export async function planExcelWrite(folder: FileFolder, request: WriteRequest): Promise<WritePlan> {
  return (await targetOf(folder, request)).plan
}

/**
 * Opens a writer that stages a workbook in the spill folder and swaps it in at the commit.
 *
 * `rowsPerSheet` is Excel's own limit; tests give a smaller one.
 */
export async function openExcelWriter(
  folder: FileFolder,
  request: WriteRequest,
  rowsPerSheet = MAX_ROWS,
): Promise<Writer> {
  const target = await targetOf(folder, request)
  const committed = await committedLoad(target.file, request.loadId)
  await removeStaleTemporaries(target.file)
  const stageFolder = await mkdtemp(joinPath(request.duck.spillDirectory, 'excel-'))
  const stagePath = joinPath(stageFolder, 'stage.xlsx')
  const sheets = await SheetWriter.create(stagePath, {
    dataset: request.dataset,
    sheet: target.sheet,
    columns: target.plans.map(({ column, leaf }) => ({ name: column.name, leaf })),
    rowsPerSheet,
    overflow: target.options.overflow,
  })
  return new ExcelWriter(target, { folder: stageFolder, path: stagePath, sheets }, committed)
}

interface Stage {
  readonly folder: string
  readonly path: string
  readonly sheets: SheetWriter
}

class ExcelWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats = []
  readonly #target: ExcelTarget
  readonly #stage: Stage
  #rows = 0n

  constructor(target: ExcelTarget, stage: Stage, committed: WriteOutcome | undefined) {
    this.plan = target.plan
    this.#target = target
    this.#stage = stage
    if (committed !== undefined) this.committed = committed
  }

  async stage(relation: Sql): Promise<bigint> {
    const { request, plans } = this.#target
    const staged = await plannedBlocks(request, plans, relation, (rows) => this.#stage.sheets.write(rows))
    this.#rows += staged
    return staged
  }

  async readBack(): Promise<Reading> {
    const { request, plans } = this.#target
    await this.#stage.sheets.finish()
    const { path, sheets } = this.#stage
    const file = { name: request.dataset, path, fingerprint: await fingerprintOf(path) }
    const columns = plans.map(({ column: { name }, leaf }, i) => {
      const type = { kind: 'leaf' as const, name: leaf }
      return { name, leaf, type, column: i + 1 }
    })
    return readStage({ file, sheets: sheets.sheets, columns }, request)
  }

  async commit(): Promise<WriteOutcome> {
    const { request, file } = this.#target
    assertNotCancelled(request.signal, `the load of ${request.dataset}`)
    await this.#stage.sheets.finish()
    return commitLoad({
      target: file,
      loadId: request.loadId,
      state: request.state,
      inserted: this.#rows,
      targetRows: this.#rows,
      signal: request.signal,
      produce: (temporary) => copyFile(this.#stage.path, temporary),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage.sheets.close()
    await rm(this.#stage.folder, { recursive: true, force: true })
  }
}

async function targetOf(folder: FileFolder, request: WriteRequest): Promise<ExcelTarget> {
  const { dataset, mode } = request
  const options = targetSchema.parse(request.options ?? {})
  if (mode !== 'replace') throw new Failure('write.mode_unsupported', { dataset, mode, supported: ['replace'] })
  const { book, inside } = parseBookName(dataset)
  const sheet = inside ?? options.sheet ?? 'Sheet1'
  assertWritable(request, book, sheet)
  const file = await resolveTarget(folder, book, request.signal)
  const { exists } = file
  if (!exists && request.ddl === 'never') {
    throw new Failure('write.ddl_needed', { dataset, reason: 'there is no such workbook' })
  }
  if (exists && !options.replaceWorkbook) await assertOnlySheet(await existingFile(file, request.signal), sheet)
  const plans = request.columns.map(planLeaf)
  const mappings = plans.map(({ column, fidelity, leaf }) => ({
    column: column.name,
    from: column.type,
    to: leaf,
    fidelity,
  }))
  const plan = { exists, statements: [], mappings, warnings: [] }
  return { request, options, file, sheet, plans, plan }
}

function assertWritable({ dataset, columns }: WriteRequest, book: string, sheet: string): void {
  const refuse = (reason: string): never => {
    throw new Failure('target.rejected', { target: dataset, reason })
  }
  if (!/\.xlsx$/i.test(book)) refuse('Runnel writes .xlsx only')
  if (!SHEET_NAME.test(sheet))
    refuse(`${sheet} cannot be the name of a sheet: at most 31 characters without \\ / ? * [ ] :`)
  if (columns.length > MAX_COLUMNS) refuse(`a sheet holds ${MAX_COLUMNS} columns`)
}

/** A load replaces the whole file, so other sheets in it would be lost. */
async function assertOnlySheet(existing: FolderFile, sheet: string): Promise<void> {
  await using workbook = await openWorkbook(existing)
  const others = workbook.sheets.map(({ name }) => name).filter((name) => name.replace(/ \(\d+\)$/, '') !== sheet)
  if (others.length === 0) return
  const reason = `the workbook also holds ${others.join(', ')}, which would be lost; set the option replaceWorkbook`
  throw new Failure('target.rejected', { target: existing.name, reason })
}

function planLeaf(column: WriteRequest['columns'][number]): LeafPlan {
  const plan = planValue(column)
  if (plan.type.kind !== 'leaf') {
    const reason = 'a cell holds one value; turn it into JSON text first'
    throw new Failure('type.unsupported', { column: column.name, type: column.type, reason })
  }
  const leaf = plan.type.name
  if (!/^(?:U?BIGINT|U?HUGEINT|DECIMAL|TIME|TIMESTAMP|DATE)/.test(leaf)) return { ...plan, leaf }
  const reason =
    'what Excel cannot show exactly (over 15 digits, before 1900-03-01, finer than a millisecond) is written as text'
  return { ...plan, leaf, fidelity: { kind: 'widening', reason } }
}

import type { Column } from '../../contract/column.ts'
import type { ReadRequest } from '../api/reading.ts'
import { assertUnchanged } from '../shared/file-fingerprint.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { type DatasetLayout } from './dataset-layout.ts'
import { type FilePlan, planFile } from './file-plan.ts'
import type { TextSourceOptions } from './options.ts'
import { RowReader, type RowSink } from './row-reader.ts'
import { RowSample } from './row-sample.ts'
import { RowScanner } from './row-scanner.ts'
import { rawFileOf, textBlocksOf } from './text-file.ts'
import { detectLayout } from './text-layout.ts'
import { type FinishedPart, TextPart } from './text-part.ts'

const PART_BYTES = 64 * 1024 * 1024

export interface TextReadingRequest
  extends Pick<ReadRequest, 'duck' | 'limitRows' | 'sample' | 'signal' | 'onProgress'> {
  readonly files: readonly FolderFile[]
  readonly dataset: DatasetLayout
  readonly options: TextSourceOptions
  readonly chosen: readonly Column[]
  readonly withLocator: boolean
}

/** One pass over the files of a dataset. Counts are final when `parts` ended. */
export class TextReading {
  readonly warnings: string[]
  rows = 0n
  rejected = 0n
  bytes = 0n
  readonly #request: TextReadingRequest
  readonly #sample: RowSample<FilePlan> | undefined
  readonly #live = new Set<{ remove(): void | Promise<void> }>()
  #accepted = 0
  #isStopped = false
  #part: TextPart | undefined
  #signature = ''

  constructor(request: TextReadingRequest) {
    this.#request = request
    this.#sample = request.sample === undefined ? undefined : new RowSample(request.sample)
    this.warnings = [...request.dataset.warnings]
  }

  /** Each part is made while the one before it is used: DuckDB works on other threads than the scanner. */
  async *parts(): AsyncGenerator<FinishedPart, void, undefined> {
    const source = this.#produce()
    try {
      let upcoming = source.next()
      for (;;) {
        const { value: part, done } = await upcoming
        if (done === true) return
        upcoming = source.next()
        // Its failure is thrown when it is awaited; until then it must not count as unhandled.
        upcoming.catch(() => undefined)
        yield part
        await this.#remove(part)
      }
    } finally {
      this.#isStopped = true
      await source.return()
    }
  }

  async dispose(): Promise<void> {
    this.#isStopped = true
    for (const part of this.#live) await this.#remove(part)
  }

  async *#produce(): AsyncGenerator<FinishedPart, void, undefined> {
    for (const [i, file] of this.#request.files.entries()) {
      if (this.#isDone()) break
      const plan = await this.#planOf(file, i === 0)
      if (plan === undefined) continue
      if (this.#sample === undefined) yield* this.#openPart(plan)
      yield* this.#readFile(file, plan)
    }
    if (this.#sample !== undefined) yield* this.#sampledRows(this.#sample)
    yield* this.#finishPart()
  }

  async #planOf(file: FolderFile, isFirst: boolean): Promise<FilePlan | undefined> {
    const { dataset, options, signal } = this.#request
    const layout =
      isFirst && !dataset.first.isEmpty ? dataset.first : await detectLayout(rawFileOf(file, options), options, signal)
    return layout.isEmpty ? undefined : planFile(file, layout, this.#request)
  }

  async *#readFile(file: FolderFile, plan: FilePlan): AsyncGenerator<FinishedPart> {
    const reader = new RowReader(plan.rows, this.#sinkOf(plan))
    const before = this.rows
    for await (const block of textBlocksOf(plan.raw, plan.layout.encoding, this.#request.signal)) {
      reader.feed(block)
      this.rows = before + reader.rows
      this.bytes += BigInt(block.raw.length)
      this.#reportProgress()
      if (reader.isDone || this.#isStopped) break
      if ((this.#part?.bytes ?? 0) >= PART_BYTES) {
        yield* this.#finishPart()
        yield* this.#openPart(plan)
      }
    }
    if (reader.blankLines > 0) this.warnings.push(`${file.name}: ${reader.blankLines} blank lines were skipped`)
    if (!reader.isDone && !this.#isStopped) await assertUnchanged(file)
  }

  #sinkOf(plan: FilePlan): RowSink {
    const { limitRows = Infinity } = this.#request
    const { file } = plan.rows
    const sample = this.#sample
    return {
      row: (bytes, scanner, line) => {
        if (sample === undefined) {
          const locator = plan.shape.withLocator ? Buffer.from(`${file}:${line}`, 'utf8') : undefined
          this.#part?.add(bytes, scanner, locator)
        } else {
          sample.offer(bytes, scanner, { line, origin: plan })
        }
        this.#accepted++
        return this.#accepted < limitRows
      },
      reject: (reject) => {
        this.#part ??= this.#newPart(plan)
        this.rejected++
        this.#part.reject(reject)
      },
    }
  }

  async *#sampledRows(sample: RowSample<FilePlan>): AsyncGenerator<FinishedPart> {
    for (const { bytes, line, origin } of sample.rows()) {
      yield* this.#openPart(origin)
      const scanner = new RowScanner(origin.rows.dialect)
      scanner.scan(bytes, 0, bytes.length, true)
      const locator = origin.shape.withLocator ? Buffer.from(`${origin.rows.file}:${line}`, 'utf8') : undefined
      this.#part?.add(bytes, scanner, locator)
    }
  }

  /** Makes sure that rows of this plan can be added; finishes a part of another shape. */
  async *#openPart(plan: FilePlan): AsyncGenerator<FinishedPart> {
    if (this.#part !== undefined && this.#signature === plan.signature) return
    yield* this.#finishPart()
    this.#part = this.#newPart(plan)
  }

  #newPart(plan: FilePlan): TextPart {
    this.#signature = plan.signature
    const part = new TextPart(this.#request.duck.spillDirectory, plan.shape)
    this.#live.add(part)
    return part
  }

  async *#finishPart(): AsyncGenerator<FinishedPart> {
    const part = this.#part
    this.#part = undefined
    if (part === undefined) return
    const finished = await part.finish(this.#request.duck, this.#request.signal)
    this.rejected += finished.rejectedLater
    this.#live.delete(part)
    this.#live.add(finished)
    if (part.isEmpty) await this.#remove(finished)
    else yield finished
  }

  async #remove(part: { remove(): void | Promise<void> }): Promise<void> {
    this.#live.delete(part)
    await part.remove()
  }

  #isDone(): boolean {
    return this.#isStopped || this.#accepted >= (this.#request.limitRows ?? Infinity)
  }

  #reportProgress(): void {
    const total = this.#request.files.reduce((sum, { fingerprint }) => sum + fingerprint.sizeBytes, 0n)
    const fraction = total === 0n ? 1 : Math.min(1, Number(this.bytes) / Number(total))
    const isKnown = this.#request.files.every(({ name }) => !/\.(?:gz|zst)$/i.test(name))
    this.#request.onProgress?.({ rows: this.rows, bytes: this.bytes, ...(isKnown ? { fraction } : {}) })
  }
}

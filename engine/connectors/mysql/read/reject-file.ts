import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { newId } from '../../../base/ids.ts'
import { REJECT_COLUMNS, type Reject } from '../../../contract/reject.ts'
import { CSV_SEGMENT, scanSegments } from '../../../duck/segment.ts'
import type { Sql } from '../../../sql/sql.ts'

/** Rejects of a reading, on disk: a source may have as many of them as rows. */
export class RejectFile {
  readonly #path: string
  #stream: WriteStream | undefined

  constructor(folder: string) {
    this.#path = join(folder, `rejects-${newId()}.csv`)
  }

  add(reject: Reject): void {
    this.#stream ??= createWriteStream(this.#path, { flags: 'wx' }).on('error', () => undefined)
    this.#stream.write(`${REJECT_COLUMNS.map((name) => quoted(reject[name])).join(',')}\n`)
  }

  /** Call when all rejects were added. @throws what writing threw. */
  async finish(): Promise<void> {
    if (this.#stream === undefined) return
    this.#stream.end()
    await finished(this.#stream)
  }

  /** All rejects; only after `finish`, and only when there were any. */
  relation(): Sql {
    const columns = REJECT_COLUMNS.map((name) => ({ name, type: 'VARCHAR' }))
    return scanSegments([this.#path], columns, CSV_SEGMENT)
  }

  async remove(): Promise<void> {
    this.#stream?.destroy()
    await rm(this.#path, { force: true })
  }
}

function quoted(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`
}

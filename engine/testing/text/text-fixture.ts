import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { materialise } from '../../connectors/api/materialise.ts'
import type { ReadRequest } from '../../connectors/api/reading.ts'
import type { Session } from '../../connectors/api/session.ts'
import { text } from '../../connectors/text/connector.ts'
import type { Column } from '../../contract/column.ts'
import type { Page } from '../../contract/page.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'

export interface TextRead {
  readonly columns: readonly Column[]
  readonly types: Readonly<Record<string, string>>
  readonly rows: Page['rows']
  /** rule, column, value, locator, raw */
  readonly rejects: Page['rows']
  readonly warnings: readonly string[]
  readonly counts: { readonly rows?: bigint; readonly rejected: bigint; readonly bytes: bigint }
}

/** A folder of text files with a session on it and a DuckDB to read into. */
export class TextFixture implements AsyncDisposable {
  readonly folder: string
  readonly duck: Duck
  readonly session: Session

  private constructor(parts: { folder: string; duck: Duck; session: Session }) {
    this.folder = parts.folder
    this.duck = parts.duck
    this.session = parts.session
  }

  static async open(): Promise<TextFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'runnel-text-'))
    const duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
    const session = await text.open({
      name: 'files',
      config: { folder },
      baseDirectory: '/',
      secret: () => Promise.resolve(undefined),
    })
    return new TextFixture({ folder, duck, session })
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    return path
  }

  async read(dataset: string, options: unknown = {}, more: Partial<ReadRequest> = {}): Promise<TextRead> {
    await using reading = await this.session.read({ dataset, options, duck: this.duck, ...more })
    const { relation, rejects } = await materialise(this.duck, reading, 'read')
    const page = await this.duck.rows(sql`SELECT * FROM ${relation}`)
    const refused = await this.duck.rows(sql`SELECT "rule", "column", "value", "locator", "raw" FROM ${rejects}`)
    return {
      columns: reading.columns,
      types: Object.fromEntries(reading.columns.map(({ name, type }) => [name, type])),
      rows: page.rows,
      rejects: refused.rows,
      warnings: [...reading.warnings],
      counts: reading.counts(),
    }
  }

  /** Writes and reads in one go. */
  async readText(
    content: string | Uint8Array,
    options: unknown = {},
    more: Partial<ReadRequest> = {},
  ): Promise<TextRead> {
    await this.write('given.csv', content)
    return this.read('given.csv', options, more)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session[Symbol.asyncDispose]()
    await this.duck[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true })
  }
}

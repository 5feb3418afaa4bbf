import { Failure } from '../../../contract/failure.ts'
import { sql, trusted } from '../../../sql/sql.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

/** UTF-8 of a text in another character set; undefined where the bytes are UTF-8 already. */
export type Transcode = (bytes: Buffer) => Buffer

/** Character sets of several bytes as the Encoding Standard calls them. */
const LABELS: Readonly<Record<string, string>> = {
  ucs2: 'utf-16be',
  utf16: 'utf-16be',
  utf16le: 'utf-16le',
  gbk: 'gbk',
  gb2312: 'gbk',
  gb18030: 'gb18030',
  big5: 'big5',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  ujis: 'euc-jp',
  eucjpms: 'euc-jp',
  euckr: 'euc-kr',
}
const UTF8 = new Set(['utf8', 'utf8mb3', 'utf8mb4', 'ascii', 'binary'])

/** What the collations of a server mean. Those of one byte a character are asked of the server itself, so that none differs. */
export class Charsets {
  readonly #connection: MysqlConnection
  #byCollation: ReadonlyMap<number, string> | undefined
  readonly #known = new Map<string, Transcode | undefined>()

  constructor(connection: MysqlConnection) {
    this.#connection = connection
  }

  /** @throws Failure `changes.undecodable` for a character set that is not known here */
  async of(collation: number): Promise<Transcode | undefined> {
    const charset = await this.nameOf(collation)
    if (UTF8.has(charset)) return undefined
    if (!this.#known.has(charset)) this.#known.set(charset, await this.#make(charset))
    return this.#known.get(charset)
  }

  async nameOf(collation: number): Promise<string> {
    this.#byCollation ??= await this.#collations()
    const charset = this.#byCollation.get(collation)
    if (charset === undefined) throw new Failure('changes.undecodable', { what: `collation ${collation}` })
    return charset
  }

  async #make(charset: string): Promise<Transcode> {
    if (charset === 'utf32') return utf32
    const label = LABELS[charset]
    if (label === undefined) return singleBytes(await this.#table(charset))
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
    return (bytes) => {
      try {
        return Buffer.from(decoder.decode(bytes), 'utf8')
      } catch (error) {
        throw new Failure('changes.undecodable', { what: `a text that is not ${charset}` }, { cause: error })
      }
    }
  }

  async #collations(): Promise<ReadonlyMap<number, string>> {
    // MariaDB since 10.10 has collations that belong to several character sets; this view alone has all of their numbers.
    const { rows } = await this.#connection
      .rows(sql`SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY`)
      .catch(() => this.#connection.rows(sql`SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATIONS`))
    return new Map(rows.map(([id, charset]) => [Number(id), charset ?? '']))
  }

  /** UTF-8 of each of the 256 bytes. */
  async #table(charset: string): Promise<readonly Buffer[]> {
    if (!/^\w+$/.test(charset)) throw new Failure('changes.undecodable', { what: `character set ${charset}` })
    const byte = (n: number): string =>
      `HEX(CONVERT(CONVERT(x'${n.toString(16).padStart(2, '0')}' USING ${charset}) USING utf8mb4))`
    const all = Array.from({ length: 256 }, (_, n) => byte(n)).join(', ')
    const { rows } = await this.#connection.rows(sql`SELECT ${trusted(all)}`)
    return (rows[0] ?? []).map((hex) => Buffer.from(hex ?? '', 'hex'))
  }
}

function singleBytes(table: readonly Buffer[]): Transcode {
  return (bytes) => {
    const parts: Buffer[] = []
    for (const byte of bytes) parts.push(table[byte] ?? Buffer.alloc(0))
    return Buffer.concat(parts)
  }
}

function utf32(bytes: Buffer): Buffer {
  let text = ''
  for (let at = 0; at + 4 <= bytes.length; at += 4) text += String.fromCodePoint(bytes.readUInt32BE(at))
  return Buffer.from(text, 'utf8')
}

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorFixture, ConnectorSite, SeedTable, TypeCase } from '../../testing/conformance/fixture.ts'
import type { OpenRequest } from '../api/connector.ts'
import { xml } from './connector.ts'
import { elementName } from './names.ts'

/** Types after W3C XML Schema Part 2, chapter 3; `literal` is what stands between the tags. */
const TYPES: readonly TypeCase[] = (
  [
    ['integer', '9223372036854775807', 'BIGINT', '9223372036854775807'],
    ['integer', '-9223372036854775809', 'DECIMAL(38,0)', '-9223372036854775809'],
    ['integer', `1${'0'.repeat(40)}`, 'VARCHAR', `1${'0'.repeat(40)}`],
    ['decimal', '0.1', 'DOUBLE', 0.1],
    ['decimal', '0.12345678901234567890', 'DECIMAL(38,19)', '0.1234567890123456789'],
    ['double', '1.7976931348623157E308', 'DOUBLE', 1.7976931348623157e308],
    ['double', '1e400', 'VARCHAR', '1e400'],
    ['double', '-0', 'DOUBLE', -0],
    ['boolean', 'true', 'BOOLEAN', true],
    ['string', '01234', 'VARCHAR', '01234'],
    ['string', ' a  b\n', 'VARCHAR', ' a  b\n'],
    ['string', '<![CDATA[<b>&amp;]]>', 'VARCHAR', '<b>&amp;'],
    ['string', '&#x1F600;&#13;', 'VARCHAR', '😀\r'],
    ['date', '2024-02-29', 'DATE', '2024-02-29'],
    ['date', '2024-02-30', 'VARCHAR', '2024-02-30'],
    ['dateTime', '2024-02-29T12:00:00.123456', 'TIMESTAMP', '2024-02-29 12:00:00.123456'],
    ['dateTime', '2024-02-29T12:00:00Z', 'TIMESTAMP WITH TIME ZONE', '2024-02-29 12:00:00+00'],
  ] as const
).map(([sourceType, literal, type, cell]) => ({ sourceType, literal, type, cell, fidelity: 'exact' }))

function requestFor(folder: string): OpenRequest<unknown> {
  return { name: 'kit', config: { folder }, baseDirectory: '/', secret: () => Promise.resolve(undefined) }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const escaped = (text: string): string => text.replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] ?? character)

/** An empty document has no fields, so its columns have to be declared. */
function fixture(): ConnectorFixture {
  let declared = {}
  const print = ({ columns, rows }: SeedTable): string => {
    declared = rows.length > 0 ? {} : { columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])) }
    const lines = rows.map((row) => {
      const cells = columns.map(({ name }, i) => {
        const cell = row[i] ?? null
        const element = elementName(name)
        return cell === null ? `<${element} i:nil="1"/>` : `<${element}>${escaped(cell)}</${element}>`
      })
      return `<p>${cells.join('')}</p>`
    })
    return `<people xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${lines.join('\n')}</people>`
  }
  const datasetName = (word: string): string | undefined =>
    /[/\0]/.test(word) || word.startsWith('.') || Buffer.byteLength(word) > 200 ? undefined : `${word}.xml`
  const openSite = async (): Promise<ConnectorSite> => {
    const folder = await mkdtemp(join(tmpdir(), 'runnel-xml-'))
    const seedText = async (word: string, text: string): Promise<string> => {
      const name = datasetName(word) ?? 'unnamed.xml'
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
      return name
    }
    return {
      request: requestFor(folder),
      datasetName,
      seed: (word, table) => seedText(word, print(table)),
      seedTyped: (word, _type, literal) => {
        declared = {}
        return seedText(word, `<rows><row><v>${literal}</v></row></rows>`)
      },
      everything: async () =>
        (await readdir(folder, { recursive: true })).filter((name) => !name.startsWith('.runnel-loads-')),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    }
  }
  return {
    connector: xml,
    openSite,
    modes: ['replace'],
    refusedModes: ['append', 'truncate', 'upsert', 'mirror'],
    types: TYPES,
    get sourceOptions() {
      return declared
    },
    refusesText: (text) => /[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text),
    unavailable: { request: requestFor('/nowhere/at/all') },
  }
}

describeConnector('xml', fixture())

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '../../base/secret.ts'
import type { Connector, OpenRequest } from '../../connectors/api/connector.ts'
import type { PlaceConfig } from '../../connectors/shared/places/config.ts'
import type { ConnectorFixture, ConnectorSite } from '../conformance/fixture.ts'
import { csvOf, csvOptions } from '../text/csv-table.ts'
import { CANARY, type TestPlace } from './test-place.ts'

/** A request that opens a connection of files at a place. */
export function placeRequest(
  place: PlaceConfig,
  secrets: Readonly<Record<string, string>>,
  baseDirectory: string,
): OpenRequest<unknown> {
  const secret = (field: string): Promise<Secret | undefined> => {
    const text = secrets[field]
    return Promise.resolve(text === undefined ? undefined : new Secret(text))
  }
  return { name: 'kit', config: { place }, baseDirectory, secret }
}

/** The kit's tables as CSV files of a place. */
export function placeFixture(connector: Connector, place: TestPlace): ConnectorFixture {
  let sourceOptions: unknown = {}
  const openSite = async (): Promise<ConnectorSite> => {
    const workspace = await mkdtemp(join(tmpdir(), 'runnel-place-'))
    const folder = await place.openFolder()
    return {
      request: placeRequest(folder.config, place.secrets, workspace),
      datasetName,
      seed: async (word, table) => {
        sourceOptions = csvOptions(table)
        const name = datasetName(word) ?? 'unnamed.csv'
        await folder.write(name, csvOf(table))
        return name
      },
      everything: async () => (await folder.names()).filter((name) => !name.startsWith('.runnel-loads-')),
      [Symbol.asyncDispose]: async () => {
        await folder.remove()
        await rm(workspace, { recursive: true, force: true })
      },
    }
  }
  return {
    connector,
    openSite,
    modes: ['append', 'replace', 'truncate'],
    get sourceOptions() {
      return sourceOptions
    },
    // Its own kit has them; here one is as good as another.
    refusesColumnName: (name) => !/^[b-e][a-z]+$/.test(name),
    unavailable: { request: placeRequest(place.nowhere, place.secrets, tmpdir()) },
    unauthorized: placeRequest(place.somewhere, place.wrongSecrets, tmpdir()),
    canary: CANARY,
  }
}

/** No line ends: FTP has no way to write them in a command. */
const datasetName = (word: string): string | undefined =>
  /[/\0\r\n]/.test(word) || word.startsWith('.') || Buffer.byteLength(word) > 200 ? undefined : `${word}.csv`

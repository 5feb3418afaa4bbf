import type { Connector } from './api/connector.ts'

interface ConnectorEntry {
  /** File name endings (lower case, with dot) that `runnel show PATH` gives to this connector. */
  readonly extensions: readonly string[]
  /** Loads the connector's code when it is first used, so that a command pays only for the systems it touches. */
  readonly load: () => Promise<Connector>
}

/** Every connector by kind: the only place that knows them all. */
const CONNECTORS: Readonly<Record<string, ConnectorEntry>> = {
  sqlite: {
    extensions: ['.sqlite', '.sqlite3', '.db'],
    load: async () => (await import('./sqlite/connector.ts')).sqlite,
  },
  postgresql: { extensions: [], load: async () => (await import('./postgresql/connector.ts')).postgresql },
  duckdb: { extensions: ['.duckdb', '.ddb'], load: async () => (await import('./duckdb/connector.ts')).duckdb },
  parquet: { extensions: ['.parquet'], load: async () => (await import('./parquet/connector.ts')).parquet },
  excel: {
    extensions: ['.xlsx', '.xlsm', '.xlsb', '.xls'],
    load: async () => (await import('./excel/connector.ts')).excel,
  },
  json: {
    extensions: ['', '.gz', '.zst'].flatMap((packed) => [
      `.json${packed}`,
      `.ndjson${packed}`,
      `.jsonl${packed}`,
      `.geojson${packed}`,
    ]),
    load: async () => (await import('./json/connector.ts')).json,
  },
  xml: {
    extensions: ['.xml', '.xml.gz', '.xml.zst'],
    load: async () => (await import('./xml/connector.ts')).xml,
  },
  text: {
    extensions: ['', '.gz', '.zst'].flatMap((packed) =>
      ['.csv', '.tsv', '.txt', '.psv', '.tab'].map((ending) => `${ending}${packed}`),
    ),
    load: async () => (await import('./text/connector.ts')).text,
  },
  webhook: { extensions: [], load: async () => (await import('./webhook/connector.ts')).webhook },
  kafka: { extensions: [], load: async () => (await import('./kafka/connector.ts')).kafka },
  mysql: { extensions: [], load: async () => (await import('./mysql/connector.ts')).mysql },
}

export const CONNECTOR_KINDS: readonly string[] = Object.keys(CONNECTORS)

/** The connector of a kind, or undefined for a kind Runnel does not have. */
export async function connectorOfKind(kind: string): Promise<Connector | undefined> {
  return Object.hasOwn(CONNECTORS, kind) ? CONNECTORS[kind]?.load() : undefined
}

/** File name endings of a kind, lower case, with dot. */
export function extensionsOfKind(kind: string): readonly string[] {
  return Object.hasOwn(CONNECTORS, kind) ? (CONNECTORS[kind]?.extensions ?? []) : []
}

/** The kind that opens a file of this name: the longest ending wins (`.csv.gz` before `.gz`). */
export function kindOfFile(fileName: string): string | undefined {
  const name = fileName.toLowerCase()
  let best: { kind: string; length: number } | undefined
  for (const [kind, { extensions }] of Object.entries(CONNECTORS)) {
    for (const extension of extensions) {
      if (name.endsWith(extension) && extension.length > (best?.length ?? 0)) best = { kind, length: extension.length }
    }
  }
  return best?.kind
}

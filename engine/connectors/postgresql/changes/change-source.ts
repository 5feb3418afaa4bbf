import { parseQualifiedName, printQualifiedName } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import type { ChangeFeed, ChangeRequest, ChangeSource } from '../../api/changes.ts'
import { isBefore } from '../../api/changes.ts'
import { findTable } from '../catalogue/find-table.ts'
import { tableKeys } from '../catalogue/table-keys.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'
import { columnsFilled } from './columns-filled.ts'
import { holdMoment } from './hold-moment.ts'
import { PostgresFeed } from './postgres-feed.ts'
import { currentPosition, dropReader, endReaders, ensureSlot, publish, slotName, slotState } from './slot.ts'
import { StreamTables } from './stream-tables.ts'

/** Change capture by logical decoding: a publication and a slot for each reader. */
export function postgresChanges(access: PostgresAccess, connection: PostgresConnection): ChangeSource {
  return {
    prepare: async ({ reader, datasets, signal }) => {
      const name = slotName(reader)
      // The publication comes first: what was written before it exists cannot be decoded for it.
      const tables = { source: access.name, datasets, defaultSchema: access.config.schema }
      await publish(connection, name, tables, { signal })
      return ensureSlot(connection, { source: access.name, name }, { signal })
    },
    state: (reader) => slotState(connection, slotName(reader)),
    hold: (signal) => holdMoment(access, { signal }),
    now: () => currentPosition(connection),
    fills: (dataset, columns, signal) =>
      columnsFilled(connection, { dataset, defaultSchema: access.config.schema, columns }, { signal }),
    open: (request) => openFeed(access, connection, request),
    forget: async (reader) => {
      await endReaders(connection, slotName(reader))
      await dropReader(connection, slotName(reader))
    },
  }
}

/** @throws Failure `changes.reader_lost`, `changes.gap` */
async function openFeed(
  access: PostgresAccess,
  connection: PostgresConnection,
  request: ChangeRequest,
): Promise<ChangeFeed> {
  const source = access.name
  const name = slotName(request.reader)
  const state = await slotState(connection, name, { signal: request.signal })
  if (state === undefined) throw new Failure('changes.reader_lost', { source, reader: name, reason: 'there is none' })
  if (!state.isUsable) throw new Failure('changes.reader_lost', { source, reader: name, reason: state.reason ?? '' })
  const from = request.from ?? state.position
  if (isBefore(from, state.position)) {
    throw new Failure('changes.gap', { source, stored: from, available: state.position })
  }
  const keys = new Map<string, readonly string[]>()
  for (const dataset of request.datasets) {
    const table = await findTable(
      connection,
      { dataset, defaultSchema: access.config.schema },
      { signal: request.signal },
    )
    const primary = (await tableKeys(connection, table.oid)).find(({ kind }) => kind === 'primary')
    keys.set(qualified(dataset, access.config.schema), primary?.columns ?? [])
  }
  return PostgresFeed.open(access, { ...request, from }, new StreamTables(keys))
}

function qualified(dataset: string, defaultSchema: string): string {
  const parts = parseQualifiedName(dataset)
  return printQualifiedName(parts.length === 1 ? [defaultSchema, ...parts] : parts)
}

import type { EngineClient } from '../../../../engine/contract/api.ts'
import type { SourceTable } from './sync-draft.ts'

const PAGE = 1_000

/** Every table of a connection, schema by schema. Views and files are left out: they have no changes to follow. */
export async function allTables(engine: EngineClient, connection: string, signal: AbortSignal): Promise<SourceTable[]> {
  const level = async (parent: string | undefined): Promise<SourceTable[]> => {
    const found: SourceTable[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await engine.connections.tree(
        {
          connection,
          limit: PAGE,
          ...(parent === undefined ? {} : { parent }),
          ...(cursor === undefined ? {} : { cursor }),
        },
        { signal },
      )
      for (const item of page.items) {
        if (item.kind === 'schema') found.push(...(await level(item.id)))
        else if (item.datasetKind === 'table') {
          found.push({ dataset: item.id, schema: parent, name: item.name, rows: item.rows })
        }
      }
      if (page.next === undefined) return found
      cursor = page.next
    }
  }
  return level(undefined)
}

import type { SyncFile } from '../../../contract/sync-file.ts'
import type { PlanEvent } from '../../../contract/sync-plan.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { planSync } from '../../../sync/plan-sync.ts'
import { type ConnectionSource, openSession } from '../open-connection.ts'

const MEMORY_MB = 128

/** What a sync would do with these connections. Both systems are open for as long as somebody listens. */
export async function* planOf(
  connections: ConnectionSource,
  { name, file }: { readonly name: string; readonly file: SyncFile },
  signal?: AbortSignal,
): AsyncGenerator<PlanEvent> {
  await using source = await openSession(connections, file.source, signal)
  await using target = await openSession(connections, file.target, signal)
  await using duck = await openDuck({
    memoryLimitMb: MEMORY_MB,
    allowedDirectories: [...(source.folders ?? []), ...(target.folders ?? [])],
  })
  const kindOf = (connection: string): string => connections.workspace.connections.get(connection)?.kind ?? ''
  yield* planSync({ name, file, source, target, kindOf, duck, ...(signal === undefined ? {} : { signal }) })
}

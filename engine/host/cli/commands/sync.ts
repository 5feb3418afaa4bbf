import type { Language } from '../../../contract/localized.ts'
import type { SyncStatus, SyncTable } from '../../../contract/sync.ts'
import type { CommandCall } from '../command.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'
import { usage } from '../usage.ts'
import { cutToWidth, visibleText } from '../width.ts'

const COLUMNS = [
  { name: 'table', type: 'VARCHAR' },
  { name: 'target', type: 'VARCHAR' },
  { name: 'state', type: 'VARCHAR' },
  { name: 'copied', type: 'BIGINT' },
  { name: 'written', type: 'BIGINT' },
  { name: 'deleted', type: 'BIGINT' },
]

/** Follows a sync to its end, or until Ctrl+C; without a name, lists the syncs of the workspace. */
export async function run(call: CommandCall): Promise<void> {
  const { values, output, signal, engine, language } = call
  const [sync] = values.positionals
  const { syncs } = await engine()
  if (sync === undefined) return list(call, await syncs.list(undefined, { signal }))
  const [environment, tables] = [values.text('env'), values.list('table')]
  const resync = values.flag('resync') ? 'all' : tables.length > 0 ? tables : undefined
  const statuses = await syncs.run(
    {
      sync,
      untilCaughtUp: values.flag('once'),
      ...(environment === undefined ? {} : { environment }),
      ...(resync === undefined ? {} : { resync }),
      ...rangeOf(values.text('backfill'), language),
    },
    { signal },
  )
  const last = await follow(call, statuses)
  if (last !== undefined) await output.document(last, () => printTable(COLUMNS, last.tables.map(rowOf), output))
}

/** `FROM..TO` of --backfill. */
function rangeOf(
  text: string | undefined,
  language: Language,
): { readonly backfill?: { readonly from: string; readonly to: string } } {
  if (text === undefined) return {}
  const [from = '', to = '', ...more] = text.split('..')
  if (from === '' || to === '' || more.length > 0) {
    throw usage('notARange', language, { option: 'backfill', text })
  }
  return { backfill: { from, to } }
}

/** Shows each status on one line that is written over; on standard output one document a line with --json. */
async function follow(
  { terminal, output }: CommandCall,
  statuses: AsyncIterable<SyncStatus>,
): Promise<SyncStatus | undefined> {
  const isShown = terminal.isErrorTerminal && !output.isJson
  let last: SyncStatus | undefined
  try {
    for await (const status of statuses) {
      last = status
      if (isShown)
        terminal.writeError(`\r\u001b[2K${cutToWidth(visibleText(statusText(status)), terminal.columns - 1)}`)
    }
  } finally {
    if (isShown) terminal.writeError('\r\u001b[2K')
  }
  return last
}

/** `streaming · 3/3 · 1,200/s · 40 ms · 0 B` */
function statusText({ state, tables, changesPerSecond, latencyMs, lagBytes, failure }: SyncStatus): string {
  const copied = tables.filter((table) => table.state === 'copied').length
  const copying = tables.find((table) => table.state === 'copying')
  return [
    failure === undefined ? state : `${state} (${failure.code})`,
    `${copied}/${tables.length}`,
    copying === undefined ? undefined : `${copying.dataset} ${grouped(copying.copiedRows)}`,
    `${grouped(String(changesPerSecond))}/s`,
    latencyMs === undefined ? undefined : `${Math.round(latencyMs)} ms`,
    `${grouped(String(lagBytes))} B`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

function rowOf({ dataset, target, state, copiedRows, written, deleted }: SyncTable): string[] {
  return [dataset, target, state, grouped(copiedRows), grouped(written), grouped(deleted)]
}

type Listed = Awaited<ReturnType<Awaited<ReturnType<CommandCall['engine']>>['syncs']['list']>>

const LIST_COLUMNS = [
  { name: 'sync', type: 'VARCHAR' },
  { name: 'source', type: 'VARCHAR' },
  { name: 'target', type: 'VARCHAR' },
  { name: 'tables', type: 'BIGINT' },
  { name: 'copied', type: 'BIGINT' },
]

async function list({ output }: CommandCall, found: Listed): Promise<void> {
  const rows = found.map(({ name, document, tables }) => [
    name,
    document?.source ?? '',
    document?.target ?? '',
    String(tables.length),
    String(tables.filter(({ state }) => state === 'copied').length),
  ])
  await output.document({ syncs: found }, () => printTable(LIST_COLUMNS, rows, output))
}

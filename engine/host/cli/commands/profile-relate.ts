import type { Relation } from '../../../contract/profile/relation.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'

const COLUMNS = [
  { name: 'kind', type: 'VARCHAR' },
  { name: 'from', type: 'VARCHAR' },
  { name: 'to', type: 'VARCHAR' },
  { name: 'found', type: 'VARCHAR' },
  { name: 'overlap', type: 'VARCHAR' },
  { name: 'orphan rows', type: 'BIGINT' },
  { name: 'orphans', type: 'VARCHAR' },
]

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const { profiles } = await engine()
  const environment = values.text('env')
  const found = await profiles.relate(
    {
      datasets: [...values.positionals],
      offline: values.flag('offline'),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  for (const warning of found.warnings) output.note(output.told(warning))
  await output.document(found, () => printed(found.relations, output))
}

function printed(relations: readonly Relation[], output: Output): string {
  if (relations.length === 0) return output.say('relateNone', {})
  const rows = relations.map(({ kind, from, to, values, found, overlap, orphanRows, orphans }) => [
    kind,
    `${from.dataset}.${from.column}`,
    `${to.dataset}.${to.column}`,
    `${grouped(String(found))} / ${grouped(String(values))}`,
    `${(overlap * 100).toFixed(1)} %`,
    grouped(String(orphanRows)),
    orphans.join(' · ') || null,
  ])
  return printTable(COLUMNS, rows, output)
}

import type { CommandCall } from '../command.ts'
import { printTable } from '../table.ts'

const COLUMNS = ['column', 'kind', 'source', 'path'].map((name) => ({ name, type: 'VARCHAR' }))

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const [environment, column] = [values.text('env'), values.positionals[2]]
  const lineage = await (await engine()).pipelines.lineage(
    {
      pipeline: values.at(0),
      output: values.at(1),
      ...(column === undefined ? {} : { column }),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  const rows = lineage.flatMap(({ column: name, sources }) =>
    sources.map((source) => [
      name,
      source.kind,
      `${source.dataset ?? source.node}.${source.column}`,
      source.path.join(' → '),
    ]),
  )
  await output.document({ lineage }, () => printTable(COLUMNS, rows, { color: output.color, cellWidth: 100 }))
}

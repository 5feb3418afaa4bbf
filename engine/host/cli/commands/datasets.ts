import type { CommandCall } from '../command.ts'
import { printTable } from '../table.ts'

const COLUMNS = [
  { name: 'name', type: 'VARCHAR' },
  { name: 'kind', type: 'VARCHAR' },
  { name: 'rows ≈', type: 'BIGINT' },
  { name: 'bytes', type: 'BIGINT' },
  { name: 'comment', type: 'VARCHAR' },
]

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const [search, environment] = [values.text('search'), values.text('env')]
  const datasets = await (await engine()).connections.datasets(
    {
      connection: values.at(0),
      ...(search === undefined ? {} : { search }),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  await output.document({ datasets }, () =>
    printTable(
      COLUMNS,
      datasets.map(({ name, kind, rowEstimate, sizeBytes, comment }) => [
        name,
        kind,
        rowEstimate ?? '',
        sizeBytes ?? '',
        comment ?? '',
      ]),
      { color: output.color, cellWidth: 80 },
    ),
  )
}

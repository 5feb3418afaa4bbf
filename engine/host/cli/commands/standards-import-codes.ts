import type { CommandCall } from '../command.ts'

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const dataset = values.at(0)
  const list = values.text('as') ?? listNameOf(dataset)
  const { standards } = await engine()
  const imported = await standards.importCodes(
    {
      dataset,
      list,
      offline: values.flag('offline'),
      code: values.text('code'),
      zh: values.text('zh'),
      en: values.text('en'),
      edition: values.text('edition'),
      environment: values.text('env'),
    },
    { signal },
  )
  const { file, columns, added, ended } = imported
  const names = [columns.code, columns.zh, columns.en].filter((name) => name !== undefined).join(', ')
  await output.document(imported, () => output.say('codesImported', { file, columns: names, added, ended }))
}

/** `files:gender.csv` is the list gender. */
function listNameOf(dataset: string): string {
  const name =
    dataset
      .slice(dataset.indexOf(':') + 1)
      .split(/[/\\]/)
      .at(-1) ?? ''
  return name.replace(/\.(csv|tsv|txt|xlsx?|json|parquet)$/i, '').replace(/^.*\./, '')
}

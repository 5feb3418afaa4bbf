import { stringify } from 'yaml'
import type { CommandCall } from '../command.ts'

/** Prints a file of rules: a person reads it, changes it and keeps it. */
export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const { quality } = await engine()
  const [dataset, environment] = [values.at(0), values.text('env')]
  const suggestions = await quality.suggest(
    { dataset, offline: values.flag('offline'), ...(environment === undefined ? {} : { environment }) },
    { signal },
  )
  const file = { version: 1, dataset, rules: suggestions.map(({ rule }) => rule) }
  await output.document({ file, suggestions }, () => stringify(file).trimEnd())
}

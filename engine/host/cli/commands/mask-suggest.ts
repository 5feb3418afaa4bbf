import { stringify } from 'yaml'
import type { CommandCall } from '../command.ts'

/** Prints a policy file: a person reads it, changes it and keeps it. */
export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const { masking } = await engine()
  const environment = values.text('env')
  const suggestions = await masking.suggest(
    { dataset: values.at(0), ...(environment === undefined ? {} : { environment }) },
    { signal },
  )
  const columns = suggestions.map(({ column, mask }) => ({ column, dataset: values.at(0), mask }))
  const policy = { version: 1, columns, others: 'keep' }
  await output.document({ policy, suggestions }, () => stringify(policy).trimEnd())
}

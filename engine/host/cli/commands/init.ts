import { resolve } from 'node:path'
import type { CommandCall } from '../command.ts'

export async function run({ values, terminal, output, engine, signal }: CommandCall): Promise<void> {
  const name = values.text('name')
  const input = {
    directory: resolve(terminal.directory, values.positionals[0] ?? '.'),
    ...(name === undefined ? {} : { name }),
  }
  const created = await (await engine()).workspace.create(input, { signal })
  await output.document(created, () => output.say('created', created))
}

import type { CommandCall } from '../command.ts'
import { usage } from '../usage.ts'

/** The value never comes from an argument: those are visible to every process of the machine. */
export async function run({ values, terminal, output, engine, signal, language }: CommandCall): Promise<void> {
  const name = values.at(0)
  const typed = await terminal.askHidden(output.say('secretPrompt', { name }))
  const value = typed ?? (await terminal.readInput(signal)).replace(/\r?\n$/, '')
  if (value === '') throw usage('secretEmpty', language, { name })
  const client = await engine()
  const area = values.text('on') === undefined ? client.workspace : client.server
  const { keptIn } = await area.setSecret({ name, value }, { signal })
  const key = keptIn === 'file' ? 'secretKeptInFile' : 'secretKeptInKeyStore'
  await output.document({ name, keptIn }, () => output.say(key, { name }))
}

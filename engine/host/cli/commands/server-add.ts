import { readFile } from 'node:fs/promises'
import { Failure } from '../../../contract/failure.ts'
import type { CommandCall } from '../command.ts'
import { usage } from '../usage.ts'

/** The token never comes from an argument: those are visible to every process of the machine. */
export async function run({ values, terminal, output, engine, signal, language }: CommandCall): Promise<void> {
  const [name, url] = [values.at(0), values.at(1)]
  const typed = await terminal.askHidden(output.say('tokenPrompt', { name }))
  const token = (typed ?? (await terminal.readInput(signal))).trim()
  if (token === '') throw usage('secretEmpty', language, { name })
  const file = values.text('ca')
  const ca = file === undefined ? {} : { ca: await authorityIn(file) }
  const added = await (await engine()).servers.add({ name, url, token, ...ca }, { signal })
  await output.document(added, () => output.say('serverAdded', added))
}

async function authorityIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('server.ca_invalid', { reason }, { cause: error })
  }
}

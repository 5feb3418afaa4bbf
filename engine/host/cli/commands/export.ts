import { resolve } from 'node:path'
import { exportKindSchema } from '../../../contract/api/deploy.ts'
import type { CommandCall } from '../command.ts'
import { usage } from '../usage.ts'

/** Writes a job to a folder. */
export async function run({ values, output, engine, signal, language, terminal }: CommandCall): Promise<void> {
  const to = exportKindSchema.safeParse(values.text('to'))
  if (!to.success) throw usage('exportKind', language, { kinds: exportKindSchema.options.join(', ') })
  const [job, environment] = [values.at(0), values.text('env')]
  const directory = resolve(terminal.directory, values.at(1))
  const call = { job, to: to.data, directory, ...(environment === undefined ? {} : { environment }) }
  const exported = await (await engine()).deploy.export(call, { signal })
  await output.document(exported, () => output.say('exported', { job, directory, files: exported.files }))
}

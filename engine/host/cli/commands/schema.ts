import { join, resolve } from 'node:path'
import { Failure } from '../../../contract/failure.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { STATE_FOLDER } from '../../../workspace/layout.ts'
import type { CommandCall } from '../command.ts'

/** Writes to the folder named, else to `.runnel/schemas` of the workspace. */
export async function run(call: CommandCall): Promise<void> {
  const directory = schemaDirectory(call)
  const schemas = await (await call.engine()).workspace.schemas(undefined, { signal: call.signal })
  const files: string[] = []
  for (const [name, schema] of Object.entries(schemas)) {
    await writeFileDurably(join(directory, name), `${JSON.stringify(schema, null, 2)}\n`)
    files.push(name)
  }
  const { output } = call
  await output.document({ directory, files }, () => output.say('schemasWritten', { directory, count: files.length }))
}

function schemaDirectory({ values, terminal, workspaceDirectory }: CommandCall): string {
  const named = values.positionals[0]
  if (named !== undefined) return resolve(terminal.directory, named)
  if (workspaceDirectory === undefined) throw new Failure('workspace.missing', { directory: terminal.directory })
  return join(workspaceDirectory, STATE_FOLDER, 'schemas')
}

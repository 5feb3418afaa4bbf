import { open } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../../contract/failure.ts'
import { REJECT_EXPORT_FORMATS, type RejectFilter } from '../../../contract/reject.ts'
import { replaceFileDurably } from '../../../os/durable-file.ts'
import { pathExists } from '../../../os/path-exists.ts'
import type { CommandCall } from '../command.ts'
import { printRejects } from '../print-rejects.ts'
import { grouped } from '../progress-line.ts'
import { runNamed } from '../run-named.ts'
import { usage } from '../usage.ts'

export async function run(call: CommandCall): Promise<void> {
  const { values, output, engine, signal } = call
  const file = values.text('export')
  if (file !== undefined) return exportTo(call, file)
  const limit = values.count('limit', 1)
  const filter = filterOf(call)
  const input = { runId: await runNamed(call), filter, ...(limit === undefined ? {} : { limit }) }
  const page = await (await engine()).runs.rejects(input, { signal })
  await output.document(page, () =>
    page.rejects.length === 0 ? output.say('noRejects') : printRejects(page.rejects, output, page.total),
  )
}

/** The text comes over the contract and is written here, so that the rejects of a server arrive on this machine. */
async function exportTo(call: CommandCall, name: string): Promise<void> {
  const { terminal, language, output, engine, signal } = call
  const format = z.enum(REJECT_EXPORT_FORMATS).safeParse(extname(name).slice(1).toLowerCase())
  if (!format.success) throw usage('exportEnding', language, { file: name })
  const file = resolve(terminal.directory, name)
  if (await pathExists(file)) throw new Failure('export.file_exists', { file })
  const request = { runId: await runNamed(call), filter: filterOf(call), format: format.data }
  const { runs } = await engine()
  let written = 0
  await replaceFileDurably(file, async (temporary) => {
    await using handle = await open(temporary, 'wx')
    for await (const { rows, text } of await runs.exportRejects(request, { signal })) {
      written = rows
      if (text !== undefined) await handle.write(text)
    }
  })
  await output.document({ rows: written, file }, () =>
    output.say('rejectsExported', { rows: grouped(String(written)), file }),
  )
}

function filterOf({ values }: CommandCall): RejectFilter {
  const [rule, column] = [values.text('rule'), values.text('column')]
  return { ...(rule === undefined ? {} : { rule }), ...(column === undefined ? {} : { column }) }
}

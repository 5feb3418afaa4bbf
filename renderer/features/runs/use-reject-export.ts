import { App as AntApp } from 'antd'
import { useTranslation } from 'react-i18next'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { REJECT_EXPORT_FORMATS, RejectFilter } from '../../../engine/contract/reject.ts'
import { useChoosePath } from '../../app/host/choose-path.ts'
import { desktopHost } from '../../app/host/desktop-host.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAct } from '../../app/rpc/use-act.ts'

type Format = (typeof REJECT_EXPORT_FORMATS)[number]

const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
}

interface Wish {
  readonly format: Format
  readonly filter: RejectFilter
  /** On the engine's machine; in a browser's downloads when absent. */
  readonly file: string | undefined
}

/** Writes the rejects of a run to a file: in a folder that is chosen on the desktop, as a download in a browser. */
export function useRejectExport(runId: string, name: string) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const { message } = AntApp.useApp()
  const choose = useChoosePath()
  const act = useAct(async (engine, { format, filter, file }: Wish) => {
    const fileName = `${name}.${format}`
    if (file !== undefined) return { rows: await writtenTo(engine, { runId, filter, format, file }), file }
    const { rows, parts } = await textOf(engine, { runId, filter, format })
    download(new Blob(parts, { type: TYPES[format] }), fileName)
    return { rows, file: fileName }
  })
  const start = async (format: Format, filter: RejectFilter): Promise<void> => {
    const isDesktop = desktopHost() !== undefined
    const question = { kind: 'folder', title: t('rejects.export'), action: t('rejects.exportHere') } as const
    const folder = isDesktop ? await choose(question) : undefined
    if (isDesktop && folder === undefined) return
    const file = folder === undefined ? undefined : `${folder}/${name}.${format}`
    const done = await act.run({ format, filter, file })
    if (done !== undefined) void message.success(t('rejects.exported', { rows: number(done.rows), file: done.file }))
  }
  return { start, isRunning: act.isRunning, failure: act.failure }
}

type ExportInput = Parameters<EngineClient['runs']['exportRejects']>[0]

async function writtenTo(engine: EngineClient, input: ExportInput): Promise<number> {
  let written = 0
  for await (const { rows } of await engine.runs.exportRejects(input)) written = rows
  return written
}

async function textOf(engine: EngineClient, input: ExportInput): Promise<{ rows: number; parts: string[] }> {
  const parts: string[] = []
  let rows = 0
  for await (const event of await engine.runs.exportRejects(input)) {
    rows = event.rows
    if (event.text !== undefined) parts.push(event.text)
  }
  return { rows, parts }
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

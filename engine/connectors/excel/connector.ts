import { defineConnector } from '../api/connector.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { openFolder } from '../shared/open-folder.ts'
import { FILE_SECRETS, type FileConfig, fileConfigSchema } from '../shared/places/config.ts'
import { EXTENSIONS, sourceSchema, targetSchema } from './config.ts'
import { excelForm } from './form.ts'
import { openWorkbook } from './open-workbook.ts'
import { excelSession } from './session.ts'

/** Workbooks in a folder: sheets, ranges and named ranges are datasets. Oddities of spreadsheets are flagged with their cells. */
export const excel = defineConnector<FileConfig>({
  kind: 'excel',
  title: { en: 'Excel workbooks', zh: 'Excel 工作簿' },
  form: excelForm,
  config: fileConfigSchema,
  secrets: FILE_SECRETS,
  source: sourceSchema,
  target: targetSchema,
  open: async (request) => excelSession(await openFolder(request)),
  diagnose: (request) =>
    diagnoseFolder(request, {
      extensions: EXTENSIONS,
      file: async (file) => {
        await using workbook = await openWorkbook(file)
        await using rows = rowsOf(workbook.rows(workbook.sheets[0]?.name ?? '', { hiddenColumns: [], merged: [] }))
        await rows.next()
      },
    }),
})

async function* rowsOf<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
  yield* rows
}

import { defineConnector } from '../api/connector.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { fileFolder } from '../shared/file-folder.ts'
import { configSchema, EXTENSIONS, type ExcelConfig, sourceSchema, targetSchema } from './config.ts'
import { excelForm } from './form.ts'
import { openWorkbook } from './open-workbook.ts'
import { excelSession } from './session.ts'

/** Workbooks in a folder: sheets, ranges and named ranges are datasets. Oddities of spreadsheets are flagged with their cells. */
export const excel = defineConnector<ExcelConfig>({
  kind: 'excel',
  title: { en: 'Excel workbooks', zh: 'Excel 工作簿' },
  form: excelForm,
  config: configSchema,
  secrets: [],
  source: sourceSchema,
  target: targetSchema,
  open: ({ name, config, baseDirectory }) =>
    Promise.resolve(excelSession(fileFolder(name, config.folder, baseDirectory))),
  diagnose: ({ name, config, baseDirectory }) =>
    diagnoseFolder(fileFolder(name, config.folder, baseDirectory), EXTENSIONS, async (file) => {
      await using workbook = await openWorkbook(file)
      await using rows = rowsOf(workbook.rows(workbook.sheets[0]?.name ?? '', { hiddenColumns: [], merged: [] }))
      await rows.next()
    }),
})

async function* rowsOf<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
  yield* rows
}

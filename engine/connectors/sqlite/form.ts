import type { ConnectorForm } from '../api/form.ts'
import { FILE_TEXT } from '../shared/location-text.ts'

/** What forms say about the settings and options. */
export const sqliteForm: ConnectorForm = {
  group: 'database',
  config: { file: FILE_TEXT },
  secrets: {},
  source: {},
  target: {},
}

import type { ExportEvent } from '../../../../engine/contract/api/data.ts'

export const EXPORT_ENDINGS = {
  csv: '.csv',
  json: '.json',
  ndjson: '.ndjson',
  parquet: '.parquet',
  xlsx: '.xlsx',
  sql: '.sql',
  markdown: '.md',
} as const
export type ExportFormat = keyof typeof EXPORT_ENDINGS

/** A name for a file with these rows: the dataset's without its ending and what file systems refuse; never the name it has itself. */
export function exportName(name: string, format: ExportFormat): string {
  const base = name
    .replace(/\.(csv|tsv|txt|jsonl?|ndjson|parquet|xlsx?|sql|md)$/i, '')
    .replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, '_')
    .slice(0, 100)
  const file = `${base === '' ? 'export' : base}${EXPORT_ENDINGS[format]}`
  return file === name ? `${base}-export${EXPORT_ENDINGS[format]}` : file
}

/** A file in a folder, with the separator that the folder's own path uses. */
export function fileIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

/** How much of an export is done, in percent; undefined while the number of rows is not known. */
export function exportedPercent({ rows, rowCount, isDone }: ExportEvent): number | undefined {
  if (isDone) return 100
  return rowCount === null || rowCount === 0 ? undefined : Math.min(99, Math.floor((rows / rowCount) * 100))
}

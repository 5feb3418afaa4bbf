import { Failure } from '../../contract/failure.ts'
import { type ChunkProgress, fileChunks } from '../shared/file-chunks.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { decodedText } from './decoded-text.ts'
import { DocumentReader, type XmlRecord } from './document-reader.ts'
import { parseRecordPath } from './record-path.ts'

/** A record and where it stands: `orders.xml[3]`. */
export interface LocatedRecord extends XmlRecord {
  readonly locator: string
}

export interface RecordsRequest {
  readonly file: FolderFile
  readonly path: string
  readonly namespaces: ReadonlyMap<string, string>
  readonly encoding: string | undefined
  readonly progress: ChunkProgress
  readonly signal: AbortSignal | undefined
}

/**
 * The records of a document by chunk; the document is checked to its end.
 * @throws Failure `xml.path_missing`, those of `DocumentReader`, `decodedText` and `fileChunks`
 */
export async function* documentRecords(request: RecordsRequest): AsyncGenerator<LocatedRecord[]> {
  const { file, namespaces, encoding, progress, signal } = request
  const reader = new DocumentReader({ file: file.name, path: parseRecordPath(request.path), namespaces })
  let index = 0
  for await (const text of decodedText(fileChunks(file, progress, signal), { file: file.name, encoding })) {
    const records = reader.write(text)
    if (records.length > 0) yield records.map((record) => ({ ...record, locator: `${file.name}[${index++}]` }))
  }
  reader.end()
  if (!reader.isPlaceFound) throw new Failure('xml.path_missing', { file: file.name, path: request.path })
}

import { open } from 'node:fs/promises'
import { Failure } from '../../contract/failure.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { openLegacy } from './legacy-workbook.ts'
import type { Workbook } from './workbook.ts'
import { openXlsx } from './xlsx-workbook.ts'
import { openZip } from './zip.ts'

const HEAD_BYTES = 64 * 1024
const OLE2 = 'd0cf11e0a1b11ae1'

/**
 * Opens a workbook by what it really is, whatever its name ends in.
 * @throws Failure `excel.not_a_workbook` naming the real type, `excel.encrypted`, `excel.zip_bomb`, `file.corrupt`.
 */
export async function openWorkbook({ path, name }: FolderFile): Promise<Workbook> {
  const head = await headOf(path)
  if (head.toString('latin1', 0, 4) === 'PK\u0003\u0004') return openZipped(path, name)
  if (head.toString('hex', 0, 8) === OLE2) {
    if (await hasName(path, 'EncryptedPackage')) throw new Failure('excel.encrypted', { file: name })
    if ((await hasName(path, 'Workbook')) || (await hasName(path, 'Book'))) return openLegacy(path, name, 'xls')
    throw new Failure('excel.not_a_workbook', { file: name, actual: 'another kind of Office file' })
  }
  // BIFF2 to BIFF5 streams without a container begin with a BOF record.
  if (head[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(head[1] ?? -1) && head[3] === 0)
    return openLegacy(path, name, 'xls')
  throw new Failure('excel.not_a_workbook', { file: name, actual: textKind(head) })
}

async function openZipped(path: string, name: string): Promise<Workbook> {
  const names = await zipNames(path, name)
  if (names.includes('xl/workbook.bin')) return openLegacy(path, name, 'xlsb')
  if (names.includes('content.xml') && names.includes('mimetype')) {
    throw new Failure('excel.not_a_workbook', { file: name, actual: 'an OpenDocument file' })
  }
  if (names.includes('word/document.xml'))
    throw new Failure('excel.not_a_workbook', { file: name, actual: 'a Word document' })
  return openXlsx(path, name)
}

async function zipNames(path: string, name: string): Promise<string[]> {
  await using zip = await openZip(path, name)
  return zip.names.map((member) => member.toLowerCase())
}

async function headOf(path: string): Promise<Buffer> {
  await using handle = await open(path, 'r')
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  return buffer.subarray(0, bytesRead)
}

/** Whether an OLE2 container has a stream of this name. Its directory may lie anywhere, so the file is searched. */
async function hasName(path: string, name: string): Promise<boolean> {
  const entry = Buffer.concat([Buffer.from(name, 'utf16le'), Buffer.alloc(2)])
  await using handle = await open(path, 'r')
  let before = Buffer.alloc(0)
  for await (const chunk of handle.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false })) {
    const bytes = Buffer.concat([before, chunk as Buffer])
    if (bytes.includes(entry)) return true
    before = bytes.subarray(-entry.length)
  }
  return false
}

function textKind(head: Buffer): string {
  if (head.length === 0) return 'an empty file'
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const text = (isUtf16 ? head.toString('utf16le') : head.toString('utf8')).replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('%PDF')) return 'a PDF document'
  if (/^(?:<!doctype html|<html|<table|<meta|<head|<body|<div)/i.test(text)) return 'an HTML page'
  if (/urn:schemas-microsoft-com:office:spreadsheet/.test(text)) return 'an XML spreadsheet of Excel 2003'
  if (text.startsWith('<')) return 'an XML or HTML file'
  if (/^[[{]/.test(text)) return 'a JSON file'
  if (text.includes('\u0000')) return 'a binary file of an unknown kind'
  return /[,;\t|]/.test(text) ? 'delimited text (CSV)' : 'a text file'
}

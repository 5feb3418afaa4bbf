import { Failure } from '../../contract/failure.ts'

const MOST_BYTES = 200
const MOST_PARTS = 20
/** Windows opens devices under these names, whatever the ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * The folders and the name of an uploaded file, each a name that every file system keeps as it is: what some system reads as a
 * separator, a device or a hidden file is changed, not refused.
 * @throws Failure `upload.name_invalid` for a way up, an empty part, or nothing left
 */
export function safeParts(name: string): string[] {
  const parts = name.toWellFormed().normalize('NFC').split('/')
  const isWayOut = parts.some((part) => part === '' || part === '.' || part === '..')
  if (isWayOut || parts.length > MOST_PARTS) throw new Failure('upload.name_invalid', { file: name })
  return parts.map(safePart)
}

/** The ending that tells what a file is: `.csv`, with a packing `.csv.gz`. */
export function endingOf(name: string): string {
  return /^.+?((?:\.[^.]{1,16})?\.(?:gz|zst)|\.[^.]{1,16})$/i.exec(name)?.[1] ?? ''
}

function safePart(part: string): string {
  const plain = part
    .replace(/[\p{Cc}<>:"|?*\\]/gu, '_')
    .replace(/^[. ]+/, '_')
    .replace(/[. ]+$/, '_')
  const ending = endingOf(plain)
  const stem = cut(plain.slice(0, plain.length - ending.length), MOST_BYTES - Buffer.byteLength(ending))
  return DEVICE.test(stem + ending) ? `_${stem}${ending}` : stem + ending
}

/** The longest beginning that has at most so many bytes, never half of a character. */
function cut(text: string, bytes: number): string {
  let [kept, length] = ['', 0]
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}

import { Failure } from '../../contract/failure.ts'
import { encodingOf, type TextEncoding } from '../shared/text-encoding.ts'

/** How a document's encoding was found out. */
interface FoundEncoding {
  readonly encoding: TextEncoding
  readonly by: 'option' | 'mark' | 'declaration' | 'default'
}

/** How far the declaration is looked for. */
const HEAD_BYTES = 1_024

/**
 * The encoding of a document: what was said, else its byte order mark, else its declaration, else UTF-8 (XML 1.0, appendix F).
 * @throws Failure `file.unknown_encoding`
 */
function findEncoding(head: Uint8Array, said: string | undefined): FoundEncoding {
  if (said !== undefined) return { encoding: encodingOf(said), by: 'option' }
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: encodingOf('utf-8'), by: 'mark' }
  if (a === 0xff && b === 0xfe) return { encoding: encodingOf('utf-16le'), by: 'mark' }
  if (a === 0xfe && b === 0xff) return { encoding: encodingOf('utf-16be'), by: 'mark' }
  if (a === 0x3c && b === 0) return { encoding: encodingOf('utf-16le'), by: 'default' }
  if (a === 0 && b === 0x3c) return { encoding: encodingOf('utf-16be'), by: 'default' }
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1')
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]
  if (declared === undefined) return { encoding: encodingOf('utf-8'), by: 'default' }
  return { encoding: encodingOf(declared), by: 'declaration' }
}

/**
 * The text of a document by chunk, without its byte order mark.
 * @throws Failure `xml.undecodable` for bytes that the encoding does not have, `file.unknown_encoding`
 */
export async function* decodedText(
  chunks: AsyncIterable<Uint8Array>,
  { file, encoding: said }: { readonly file: string; readonly encoding: string | undefined },
): AsyncGenerator<string> {
  let found: FoundEncoding | undefined
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let bytes = 0
  for await (const chunk of chunks) {
    found ??= findEncoding(chunk, said)
    decoder ??= new TextDecoder(found.encoding.label, { fatal: true })
    yield decode(() => decoder?.decode(chunk, { stream: true }) ?? '')
    bytes += chunk.length
  }
  const last = decoder === undefined ? '' : decode(() => decoder?.decode() ?? '')
  if (last !== '') yield last

  function decode(run: () => string): string {
    try {
      return run()
    } catch (error) {
      const encoding = found?.encoding.name ?? ''
      throw new Failure('xml.undecodable', { file, encoding, offset: bytes }, { cause: error })
    }
  }
}

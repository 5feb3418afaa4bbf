import type { Reading } from '../api/reading.ts'
import { fingerprintOf } from '../shared/file-fingerprint.ts'
import { textSourceSchema } from './options.ts'
import { TextReading } from './text-reading.ts'
import type { TextTarget } from './text-target.ts'

/** The composed rows of a load, read with the types they were written from. */
export async function readBackText(target: TextTarget, path: string): Promise<Reading> {
  const { request, options, columns, compression, dialect, encoding, before } = target
  const hasHeader = options.header && before === undefined
  const names = columns.map(({ name }) => name)
  const reading = new TextReading({
    duck: request.duck,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    files: [{ name: request.dataset, path, fingerprint: await fingerprintOf(path) }],
    dataset: {
      first: {
        encoding,
        dialect,
        names,
        skipLines: 0,
        headerRows: hasHeader ? 1 : 0,
        footerRows: 0,
        headers: [],
        sample: [],
        isEmpty: false,
        isAscii: false,
        detected: {},
        warnings: [],
      },
      columns,
      formats: new Map(),
      warnings: [],
      sampledRows: 0,
    },
    options: textSourceSchema.parse({
      compression,
      nullValues: [options.nullText],
      onTypeError: 'stop',
      formulaEscapes: options.escapeFormulas ? 'remove' : 'keep',
    }),
    chosen: columns,
    withLocator: false,
  })
  return {
    columns,
    parts: reading.parts(),
    warnings: reading.warnings,
    counts: () => ({ rows: reading.rows, rejected: reading.rejected, bytes: reading.bytes }),
    [Symbol.asyncDispose]: () => reading.dispose(),
  }
}

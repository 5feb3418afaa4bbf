import type { Column } from '../../contract/column.ts'
import type { ByteFormat } from './byte-format.ts'
import type { Writer } from './writer.ts'

/**
 * Formats in which the target can take the columns as the source sends them. The binary form of a value belongs to its exact type, so
 * both sides must have the same; text is parsed by the target.
 */
export function usableFormats(writer: Writer, columns: readonly Column[]): ByteFormat[] {
  const { mappings } = writer.plan
  const isExact = mappings.every(({ fidelity }) => fidelity.kind === 'exact')
  const isSameType = columns.every(
    ({ name, sourceType }) => mappings.find(({ column }) => column === name)?.to === sourceType,
  )
  return writer.byteFormats.filter((format) => isExact && (format !== 'pg-binary' || isSameType))
}

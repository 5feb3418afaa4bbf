import { z } from 'zod'
import { Failure, isFailure } from '../contract/failure.ts'

const duckErrorSchema = z.object({
  exception_message: z.string(),
  position: z.string().optional(),
  error_subtype: z.string().optional(),
  name: z.string().optional(),
})

/**
 * A refusal of DuckDB (with `errors_as_json` on) with its reason alone and the place in the query that a person knows.
 * @param prefix what stood before the query when it was bound
 */
export function positioned(error: unknown, query: string, prefix: string): unknown {
  if (!isFailure(error, 'sql.invalid')) return error
  const parsed = duckErrorSchema.safeParse(parsedJson(error.message.slice(error.message.indexOf('{'))))
  if (!parsed.success) return error
  const { exception_message: reason, position, error_subtype: subtype, name } = parsed.data
  const at = position === undefined ? -1 : unitsBefore(Number(position), prefix + query) - prefix.length
  return new Failure(
    'sql.invalid',
    {
      reason,
      sql: query,
      ...(at >= 0 ? { position: at } : {}),
      ...(subtype === undefined ? {} : { subtype }),
      ...(name === undefined ? {} : { name }),
    },
    { cause: error },
  )
}

/** DuckDB counts bytes of UTF-8, JavaScript counts units of UTF-16. */
export function unitsBefore(bytes: number, text: string): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).length
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

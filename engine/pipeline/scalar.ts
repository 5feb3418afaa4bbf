import { z } from 'zod'
import { literal, type Sql } from '../sql/sql.ts'

/** A constant in a pipeline file. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type Scalar = z.infer<typeof scalarSchema>

/** As SQL; a number beyond 2^53 must be written as text, since YAML has rounded it already. */
export function scalar(value: Scalar): Sql {
  return literal(value)
}

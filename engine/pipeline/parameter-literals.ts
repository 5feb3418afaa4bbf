import { Failure, type FailureData } from '../contract/failure.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { literal, type Sql, sql } from '../sql/sql.ts'
import { TokenError } from './expression/tokenise.ts'
import { typeText } from './expression/type-text.ts'
import { alternatives } from './names.ts'

type Declarations = NonNullable<PipelineFile['parameters']>

/** Each declared parameter as a literal cast to its type: the value given, else the default. */
export function parameterLiterals(
  declared: Declarations,
  values: ParameterValues,
): { literals: ReadonlyMap<string, Sql>; problems: FailureData[] } {
  const literals = new Map<string, Sql>()
  const problems: FailureData[] = []
  for (const [parameter, { type, default: fallback }] of Object.entries(declared)) {
    const value = Object.hasOwn(values, parameter) ? values[parameter] : fallback
    if (value === undefined) {
      problems.push(new Failure('pipeline.parameter_missing', { parameter, type }).toJSON())
    }
    try {
      // A number is written as text, so that 0.1 becomes the decimal and not the nearest double.
      const text = typeof value === 'number' ? String(value) : (value ?? null)
      literals.set(parameter, sql`CAST(${literal(text)} AS ${typeText(type)})`)
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      problems.push(new Failure('pipeline.parameter_invalid', { parameter, type, reason: error.message }).toJSON())
      literals.set(parameter, sql`NULL`)
    }
  }
  for (const parameter of Object.keys(values)) {
    if (literals.has(parameter)) continue
    const known = alternatives(parameter, [...literals.keys()])
    problems.push(new Failure('pipeline.parameter_unknown', { parameter, ...known }).toJSON())
  }
  return { literals, problems }
}

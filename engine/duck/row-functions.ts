import { BOOLEAN, type DuckDBConnection, DuckDBScalarFunction, type DuckDBType, VARCHAR } from '@duckdb/node-api'
import { MASK_FUNCTION, MEANING_FUNCTION, SEAL_FUNCTION } from '../sql/row-functions.ts'

/** Masks one text; `how` is a mask as JSON. */
export type MaskValue = (how: string, value: string) => string | null
/** Whether a text has the meaning of a semantic type. */
export type HasMeaning = (type: string, value: string) => boolean

/** What SQL cannot compute. Called for every value that is not NULL: it must be quick and must not wait. */
export interface RowFunctions {
  readonly maskValue?: MaskValue | undefined
  readonly hasMeaning?: HasMeaning | undefined
}

/**
 * For all connections of the database. They run on the thread of JavaScript while DuckDB's threads wait. One that is not given is
 * checked like the others but fails when it is run.
 */
export function registerRowFunctions(connection: DuckDBConnection, functions: RowFunctions): void {
  const { maskValue = withoutKeys, hasMeaning = withoutMeanings } = functions
  register(connection, { name: MASK_FUNCTION, returnType: VARCHAR, call: maskValue })
  register(connection, { name: SEAL_FUNCTION, returnType: VARCHAR, call: maskValue, volatile: true })
  register(connection, { name: MEANING_FUNCTION, returnType: BOOLEAN, call: hasMeaning })
}

interface TextFunction {
  readonly name: string
  readonly returnType: DuckDBType
  readonly call: (how: string, value: string) => string | boolean | null
  readonly volatile?: boolean
}

function register(connection: DuckDBConnection, { name, returnType, call, volatile = false }: TextFunction): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      returnType,
      parameterTypes: [VARCHAR, VARCHAR],
      volatile,
      mainFunction: (_info, chunk, output) => {
        const [hows, values] = [chunk.getColumnVector(0), chunk.getColumnVector(1)]
        for (let row = 0; row < chunk.rowCount; row++) {
          const [how, value] = [hows.getItem(row), values.getItem(row)]
          output.setItem(row, typeof how === 'string' && typeof value === 'string' ? call(how, value) : null)
        }
        output.flush()
      },
    }),
  )
}

function withoutKeys(): never {
  throw new Error('values are masked only where the keys of the workspace are at hand')
}

function withoutMeanings(): never {
  throw new Error('meanings are known only where data is checked')
}

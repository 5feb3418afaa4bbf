import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api'
import { MASK_FUNCTION, SEAL_FUNCTION } from '../sql/mask-functions.ts'

/** Masks one text; `how` is a mask as JSON. Called for every value that is not NULL: it must be quick and must not wait. */
export type MaskValue = (how: string, value: string) => string | null

/** For all connections of the database. Runs on the thread of JavaScript while DuckDB's threads wait. */
export function registerMaskFunctions(connection: DuckDBConnection, maskValue: MaskValue = withoutKeys): void {
  for (const name of [MASK_FUNCTION, SEAL_FUNCTION]) {
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name,
        returnType: VARCHAR,
        parameterTypes: [VARCHAR, VARCHAR],
        volatile: name === SEAL_FUNCTION,
        mainFunction: (_info, chunk, output) => {
          const [hows, values] = [chunk.getColumnVector(0), chunk.getColumnVector(1)]
          for (let row = 0; row < chunk.rowCount; row++) {
            const [how, value] = [hows.getItem(row), values.getItem(row)]
            output.setItem(row, typeof how === 'string' && typeof value === 'string' ? maskValue(how, value) : null)
          }
          output.flush()
        },
      }),
    )
  }
}

function withoutKeys(): never {
  throw new Error('values are masked only where the keys of the workspace are at hand')
}

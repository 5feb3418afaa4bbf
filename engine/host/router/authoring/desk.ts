import type { Column } from '../../../contract/column.ts'
import { type DuckBinder, openBinder } from '../../../duck/bind.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { FreshCache } from '../fresh-cache.ts'
import { expressionFunctions, type FunctionFact } from './complete-expression.ts'

const SCHEMAS_MS = 30_000

/** What is kept between two keys typed into a pipeline: DuckDB as type checker, and the columns of sources. */
export class AuthoringDesk implements AsyncDisposable {
  readonly schemas = new FreshCache<readonly Column[]>(SCHEMAS_MS)
  #functions: Promise<readonly FunctionFact[]> | undefined
  #binder: Promise<DuckBinder> | undefined

  readonly bind: DuckBinder['bind'] = async (query, relations) => {
    this.#binder ??= openBinder()
    return (await this.#binder).bind(query, relations)
  }

  /** What expressions may call; the same for every DuckDB of the process. */
  async functions(): Promise<readonly FunctionFact[]> {
    this.#functions ??= readFunctions()
    return this.#functions
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const binder = await this.#binder?.catch(() => undefined)
    this.#binder = undefined
    await binder?.[Symbol.asyncDispose]()
  }
}

async function readFunctions(): Promise<readonly FunctionFact[]> {
  await using duck = await openDuck({ memoryLimitMb: 128, threads: 1, allowedDirectories: [] })
  return await expressionFunctions(duck)
}

import type { Column } from '../../../contract/column.ts'
import { type DuckBinder, openBinder } from '../../../duck/bind.ts'
import { FreshCache } from '../fresh-cache.ts'

const SCHEMAS_MS = 30_000

/** What is kept between two keys typed into a pipeline: DuckDB as type checker, and the columns of sources. */
export class AuthoringDesk implements AsyncDisposable {
  readonly schemas = new FreshCache<readonly Column[]>(SCHEMAS_MS)
  #binder: Promise<DuckBinder> | undefined

  readonly bind: DuckBinder['bind'] = async (query, relations) => {
    this.#binder ??= openBinder()
    return (await this.#binder).bind(query, relations)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const binder = await this.#binder?.catch(() => undefined)
    this.#binder = undefined
    await binder?.[Symbol.asyncDispose]()
  }
}

import { type Column, LOCATOR_COLUMN } from '../contract/column.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { type DuckBinder, openBinder } from '../duck/bind.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { type CheckedPipeline, checkPipeline, compilePipeline } from '../pipeline/compile.ts'
import type { CompiledPipeline } from '../pipeline/compiled.ts'
import { parseOutputRef } from '../pipeline/names.ts'
import { statementFor } from '../pipeline/statement.ts'
import { id, type Sql, sql, trusted } from '../sql/sql.ts'

type Nodes = Record<string, { type: string } & Record<string, unknown>>

interface BenchSetting {
  readonly parameters?: ParameterValues
  readonly declared?: NonNullable<PipelineFile['parameters']>
}

/** Compiles and runs small pipelines on real rows: every table becomes a source node of its name. */
export class PipelineBench implements AsyncDisposable {
  readonly duck: Duck
  readonly binder: DuckBinder
  readonly #schemas = new Map<string, readonly Column[]>()

  private constructor(duck: Duck, binder: DuckBinder) {
    this.duck = duck
    this.binder = binder
  }

  static async open(): Promise<PipelineBench> {
    return new PipelineBench(await openDuck({ memoryLimitMb: 256, threads: 2 }), await openBinder())
  }

  /** Creates a table from a query. A column `_runnel_locator` is hidden. */
  async table(name: string, query: string): Promise<void> {
    const filled = sql`CREATE OR REPLACE TABLE ${id(name)} AS `
    await this.duck.run(sql`${filled}${trusted(query)}`)
    const columns = await this.duck.columns(sql`SELECT * FROM ${id(name)}`)
    if (!columns.some((column) => column.name === LOCATOR_COLUMN)) {
      await this.duck.run(sql`ALTER TABLE ${id(name)} ADD COLUMN ${id(LOCATOR_COLUMN)} VARCHAR`)
    }
    this.#schemas.set(
      name,
      columns.filter((column) => column.name !== LOCATOR_COLUMN),
    )
  }

  check(nodes: Nodes, setting: BenchSetting = {}): Promise<CheckedPipeline> {
    return checkPipeline(this.#request(nodes, setting))
  }

  compile(nodes: Nodes, setting: BenchSetting = {}): Promise<CompiledPipeline> {
    return compilePipeline(this.#request(nodes, setting))
  }

  /** Rows of an output (`node` or `node.output`) as cells, with the names of its columns. */
  async rows(
    nodes: Nodes,
    output: string,
    setting: BenchSetting = {},
  ): Promise<{ columns: string[]; rows: unknown[][] }> {
    const compiled = await this.compile(nodes, setting)
    const page = await this.duck.rows(statementFor(compiled, parseOutputRef(output)))
    return { columns: page.columns.map(({ name }) => name), rows: page.rows }
  }

  /** The SELECT of one output, as compiled. */
  async relation(nodes: Nodes, output: string, setting: BenchSetting = {}): Promise<Sql> {
    const ref = parseOutputRef(output)
    const compiled = await this.compile(nodes, setting)
    const found = compiled.nodes
      .find(({ name }) => name === ref.node)
      ?.outputs.find((one) => one.ref.output === ref.output)
    if (found === undefined) throw new Error(`no output ${output}`)
    return found.relation
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.binder[Symbol.asyncDispose]()
    await this.duck[Symbol.asyncDispose]()
  }

  #request(nodes: Nodes, { parameters, declared }: BenchSetting): Parameters<typeof checkPipeline>[0] {
    const sources = Object.fromEntries(
      [...this.#schemas.keys()].map((name) => [name, { type: 'source', dataset: `x:${name}` }]),
    )
    return {
      name: 'bench',
      file: {
        version: 1,
        nodes: { ...sources, ...nodes },
        ...(declared === undefined ? {} : { parameters: declared }),
      },
      schemas: this.#schemas,
      parameters: parameters ?? {},
      bind: this.binder.bind,
    }
  }
}

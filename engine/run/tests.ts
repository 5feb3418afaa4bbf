import type { TestResult } from '../contract/api/tests.ts'
import type { Column } from '../contract/column.ts'
import { Failure, toFailure } from '../contract/failure.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import type { PipelineTest, TestsFile } from '../contract/tests-file.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { keyringForTests } from '../govern/masking/keyring.ts'
import { relationName } from '../pipeline/compiled.ts'
import { parseOutputRef } from '../pipeline/names.ts'
import { id, sql } from '../sql/sql.ts'
import { openCompiler, sourcesOf } from './compiler.ts'
import { installFlow } from './flow.ts'
import { planFlow } from './flow-plan.ts'
import { neededFor } from './needed.ts'
import { findOutput } from './output-ref.ts'
import { sourceRelation } from './readings.ts'
import { rowFunctionsOf } from './row-functions.ts'
import { differences } from './test-expectations.ts'
import { freezeInput, frozenName } from './test-inputs.ts'

const MEMORY_MB = 512

export interface PipelineTests {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly tests: TestsFile
  /** Absolute; input files lie in it. */
  readonly testsDirectory: string
}

/**
 * Runs every test of a pipeline over its frozen inputs, each in a DuckDB of its own. Connects to nothing.
 *
 * A test that cannot be run (an input is missing, the pipeline does not compile) has failed, with the reason.
 */
export async function* runPipelineTests(request: PipelineTests, signal?: AbortSignal): AsyncGenerator<TestResult> {
  for (const [test, definition] of Object.entries(request.tests.tests)) {
    signal?.throwIfAborted()
    const startedAt = performance.now()
    const reasons = await runTest(request, definition, signal).catch((error: unknown) => {
      if (signal?.aborted === true) throw error
      return [toFailure(error).message]
    })
    const elapsedMs = Math.round(performance.now() - startedAt)
    yield { pipeline: request.pipelineName, test, passed: reasons.length === 0, reasons, elapsedMs }
  }
}

async function runTest(
  { pipelineName, file, testsDirectory }: PipelineTests,
  test: PipelineTest,
  signal?: AbortSignal,
): Promise<string[]> {
  assertSources(file, test)
  const functions = await rowFunctionsOf(file, keyringForTests)
  await using duck = await openDuck({
    memoryLimitMb: MEMORY_MB,
    threads: 1,
    allowedDirectories: [testsDirectory],
    ...functions,
  })
  await using compiler = await openCompiler({ pipelineName, file, parameters: test.parameters ?? {} })
  const columns = new Map<string, readonly Column[]>()
  for (const { node } of compiler.sources) {
    const input = test.inputs[node]
    if (input === undefined) throw new Failure('test.input_missing', { node })
    columns.set(node, await freezeInput(duck, node, input, testsDirectory))
  }
  const compiled = await compiler.compile(columns)
  const refs = Object.keys(test.expect).map((name) => findOutput(compiled, parseOutputRef(name)))
  const pipeline = neededFor(compiled, { outputs: refs })
  for (const source of pipeline.sources) {
    const frozen = sql`SELECT * FROM ${id(frozenName(source.node))}`
    await duck.run(
      sql`CREATE VIEW ${id(source.node)} AS ${sourceRelation(source, columns.get(source.node) ?? [], frozen)}`,
    )
  }
  // Everything is kept: expectations on two outputs must see the same rows.
  await installFlow(
    duck,
    planFlow(pipeline, () => true),
    signal,
  )
  return await expectationsOf(duck, test, refs)
}

async function expectationsOf(
  duck: Duck,
  test: PipelineTest,
  refs: readonly ReturnType<typeof parseOutputRef>[],
): Promise<string[]> {
  const reasons: string[] = []
  for (const [i, [name, expected]] of Object.entries(test.expect).entries()) {
    const ref = refs[i]
    if (ref === undefined) continue
    const relation = id(relationName(ref))
    const columns = await duck.columns(sql`SELECT * FROM ${relation}`)
    const shown = columns.filter((column) => !column.name.startsWith('_runnel_'))
    reasons.push(...(await differences(duck, { name, relation, columns: shown }, expected)))
  }
  return reasons
}

function assertSources(file: PipelineFile, { inputs }: PipelineTest): void {
  const sources = sourcesOf(file).map(({ node }) => node)
  const unknown = Object.keys(inputs).find((node) => !sources.includes(node))
  if (unknown !== undefined) {
    throw new Failure('test.input_invalid', {
      reason: `${unknown} is not a source node; there are ${sources.join(', ')}`,
    })
  }
}

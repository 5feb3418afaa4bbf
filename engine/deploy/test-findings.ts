import { join } from 'node:path'
import type { Finding } from '../contract/api/server.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import { testsFileSchema } from '../contract/tests-file.ts'
import { pathExists } from '../os/path-exists.ts'
import { runPipelineTests } from '../run/tests.ts'
import { requireSound } from '../workspace/load.ts'
import { parseFile } from '../workspace/parse-file.ts'
import { readFileText } from '../workspace/read-file.ts'
import { failureFinding, finding } from './findings.ts'

/** One error for each test of a pipeline that fails. */
export async function testFindings(
  directory: string,
  { pipeline, file }: { readonly pipeline: string; readonly file: PipelineFile },
  signal?: AbortSignal,
): Promise<Finding[]> {
  const path = `pipelines/${pipeline}.tests.yaml`
  const isThere = await pathExists(join(directory, path))
  if (!isThere) return []
  const findings: Finding[] = []
  try {
    const parsed = parseFile({
      file: path,
      text: await readFileText(directory, path),
      schema: testsFileSchema,
      language: 'en',
    })
    requireSound(parsed)
    const tests = parsed.value ?? { version: 1 as const, tests: {} }
    const request = { pipelineName: pipeline, file, tests, testsDirectory: join(directory, 'pipelines') }
    for await (const { test, passed, reasons } of runPipelineTests(request, signal)) {
      if (passed) continue
      findings.push(
        finding('error', `${pipeline}: ${test}`, {
          en: `Test ${test} of pipeline ${pipeline} failed: ${reasons.join('; ')}`,
          zh: `管道 ${pipeline} 的测试 ${test} 未通过：${reasons.join('；')}`,
        }),
      )
    }
  } catch (error) {
    signal?.throwIfAborted()
    findings.push(failureFinding('error', path, error))
  }
  return findings
}

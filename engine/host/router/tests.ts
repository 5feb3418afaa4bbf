import { join } from 'node:path'
import { implement } from '@orpc/server'
import { type TestResult, testsProcedures } from '../../contract/api/tests.ts'
import { testsFileSchema } from '../../contract/tests-file.ts'
import { pathExists } from '../../os/path-exists.ts'
import { runPipelineTests } from '../../run/tests.ts'
import { requireSound } from '../../workspace/load.ts'
import { parseFile } from '../../workspace/parse-file.ts'
import { readFileText } from '../../workspace/read-file.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { findPipeline } from './find-pipeline.ts'
import { openWorkspace } from './open-workspace.ts'

const area = implement(testsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const testsRouter = {
  run: area.run.handler(async ({ input, context, signal }) => {
    const workspace = await openWorkspace(context)
    const names = input.pipeline === undefined ? [...workspace.pipelines.keys()] : [input.pipeline]
    const results: TestResult[] = []
    for (const name of names) {
      const file = findPipeline(workspace, name)
      const path = `pipelines/${name}.tests.yaml`
      if (!(await pathExists(join(workspace.directory, path)))) continue
      const text = await readFileText(workspace.directory, path)
      const parsed = parseFile({ file: path, text, schema: testsFileSchema, language: context.language })
      requireSound(parsed)
      if (parsed.value === undefined) continue
      const request = {
        pipelineName: name,
        file,
        tests: parsed.value,
        testsDirectory: join(workspace.directory, 'pipelines'),
      }
      for await (const result of runPipelineTests(request, signal)) results.push(result)
    }
    return results
  }),
}

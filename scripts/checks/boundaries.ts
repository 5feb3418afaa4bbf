import { z } from 'zod'
import { runTool } from './run-tool.ts'
import { sourceFiles, sourceFolders } from './source-files.ts'
import type { StepResult } from './step.ts'

const reportSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) }),
    ),
  }),
})

/** Who imports whom, by `.dependency-cruiser.cjs`. A module the tool did not see is one nobody checked: that fails too. */
export async function checkBoundaries(): Promise<StepResult> {
  const { exit, stdout, output } = await runTool('depcruise', [...(await sourceFolders()), '--output-type', 'json'])
  if (exit !== 0 && !stdout.startsWith('{')) return { problems: [output], note: '' }
  const { modules, summary } = reportSchema.parse(JSON.parse(stdout))
  const seen = new Set(modules.map(({ source }) => source))
  const files = await sourceFiles()
  const unseen = files.filter((file) => !seen.has(file)).map((file) => `not seen by dependency-cruiser: ${file}`)
  const violations = summary.violations.map(({ from, to, rule }) => `${rule.severity} ${rule.name}: ${from} -> ${to}`)
  return { problems: [...violations, ...unseen], note: `${files.length} modules` }
}

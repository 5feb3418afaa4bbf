import { checkBoundaries } from './boundaries.ts'
import { runTool } from './run-tool.ts'
import { checkSizes } from './sizes.ts'
import type { Step, StepResult } from './step.ts'

/** Cheapest first. */
const STEPS: readonly Step[] = [
  { name: 'format', run: () => tool('biome', 'check', '--colors=off', '.') },
  { name: 'types of what runs anywhere', run: () => tool('tsc', '-p', 'tsconfig.contract.json', '--pretty', 'false') },
  { name: 'sizes', run: checkSizes },
  { name: 'dead code', run: () => tool('knip', '--no-progress') },
  { name: 'boundaries', run: checkBoundaries },
  { name: 'types', run: () => tool('tsc', '-p', 'tsconfig.json', '--pretty', 'false') },
  { name: 'types of the pages', run: () => tool('tsc', '-p', 'tsconfig.renderer.json', '--pretty', 'false') },
  { name: 'types of the desktop', run: () => tool('tsc', '-p', 'tsconfig.desktop.json', '--pretty', 'false') },
  { name: 'lint', run: () => tool('oxlint', '--type-aware', '--deny-warnings') },
]

export interface ChecksResult {
  readonly passed: number
  readonly failed: number
}

/** Runs every step and prints one line for each, with the problems of those that fail. */
export async function runChecks(): Promise<ChecksResult> {
  let failed = 0
  for (const step of STEPS) {
    const startedAt = performance.now()
    const { problems, note } = await step.run().catch(broken)
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    const isSound = problems.length === 0
    console.log(`${isSound ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)${note === '' ? '' : `: ${note}`}`)
    if (isSound) continue
    failed += 1
    console.log(problems.map((problem) => `  ${problem.trimEnd().replaceAll('\n', '\n  ')}`).join('\n'))
  }
  return { passed: STEPS.length - failed, failed }
}

/** A step that could not be done is not one that passed. */
function broken(error: unknown): StepResult {
  return { problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)], note: '' }
}

async function tool(name: string, ...args: string[]): Promise<StepResult> {
  const { exit, output } = await runTool(name, args)
  return { problems: exit === 0 ? [] : [output === '' ? `${name} ended with exit code ${exit}` : output], note: '' }
}

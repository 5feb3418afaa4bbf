import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { passTool, ROOT } from './run-tool.ts'

const REPORT = join(ROOT, '.cache/tests.json')

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What continuous integration reads: the last line of a run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Runs the tests of one vitest project; what kept a test from running at all counts as failed. */
export async function runTests(project: string): Promise<Counts> {
  await rm(REPORT, { force: true })
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`]
  const exit = await passTool('vitest', ['run', `--project=${project}`, ...reporters])
  const counts = await readReport()
  // Whatever made vitest fail without a failed test (an error outside of tests, no report) is a failure too.
  return { ...counts, failed: Math.max(counts.failed, exit === 0 ? 0 : 1) }
}

async function readReport(): Promise<Counts> {
  const text = await readFile(REPORT, 'utf8').catch(() => undefined)
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const report = reportSchema.parse(JSON.parse(text))
  const brokenFiles = report.testResults.filter((file) => isFailed(file) && !file.assertionResults.some(isFailed))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

export function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

function isFailed({ status }: { status: string }): boolean {
  return status === 'failed'
}

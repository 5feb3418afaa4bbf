/**
 * `npm test`: the checks, then every test of every vitest project.
 *
 * The closing line counts the tests that ran and the steps of the checks alike. What kept a test from running at all (a file that
 * does not load, a server that does not start) counts as failed.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { passTool, ROOT } from './checks/run-tool.ts'
import { runChecks } from './checks/steps.ts'

const REPORT = join(ROOT, '.cache/tests.json')

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/** One after the other: a server that does not start must not hide what the unit tests say. */
const PARTS = ['unit', '!unit']

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

let total: Counts = { ...(await runChecks()), skipped: 0 }
for (const part of PARTS) total = sum(total, await runTests(part))
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1

async function runTests(project: string): Promise<Counts> {
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

function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

function isFailed({ status }: { status: string }): boolean {
  return status === 'failed'
}

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

const checks = await runChecks()
await rm(REPORT, { force: true })
const exit = await passTool('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`])
const tests = await readReport()
const passed = checks.passed + tests.passed
// Whatever made vitest fail without a failed test (an error outside of tests, no report) is a failure too.
const failed = checks.failed + Math.max(tests.failed, exit === 0 ? 0 : 1)
console.log(`${passed} passed, ${failed} failed, ${tests.skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1

async function readReport(): Promise<{ passed: number; failed: number; skipped: number }> {
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

function isFailed({ status }: { status: string }): boolean {
  return status === 'failed'
}

/**
 * `npm test`: the checks, then every test of every vitest project.
 *
 * The closing line counts the tests that ran and the steps of the checks alike. What kept a test from running at all (a file that
 * does not load, a server that does not start) counts as failed.
 */
import { type Counts, closingLine, runTests, sum } from './checks/run-tests.ts'
import { runChecks } from './checks/steps.ts'

/** One after the other: a server that does not start must not hide what the unit tests say. */
const PARTS = ['unit', 'servers', 'queues', 'e2e']

let total: Counts = { ...(await runChecks()), skipped: 0 }
for (const part of PARTS) total = sum(total, await runTests(part))
console.log(closingLine(total))
process.exitCode = total.failed === 0 ? 0 : 1

/** `npm run e2e`: every flow in a real browser and in the desktop's host. */
import { closingLine, runTests } from './checks/run-tests.ts'

const counts = await runTests('e2e')
console.log(closingLine(counts))
process.exitCode = counts.failed === 0 ? 0 : 1

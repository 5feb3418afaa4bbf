/** Writes docs/failures.md anew; run it after a change of the failure catalogue. */
import { writeFile } from 'node:fs/promises'
import { FAILURE_DOCS, failureDocs } from './failure-docs.ts'

await writeFile(FAILURE_DOCS, failureDocs())

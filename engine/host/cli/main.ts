#!/usr/bin/env node
import '../../os/thread-pool.ts'
import * as nodeModule from 'node:module'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(`Runnel needs Node.js 24.7 or later; this is ${process.versions.node}.\n`)
  process.exit(2)
}
nodeModule.enableCompileCache()

const [{ runCommandLine }, { processTerminal }] = await Promise.all([
  import('./command-line.ts'),
  import('./terminal.ts'),
])
const cancel = new AbortController()
process.on('SIGINT', () => {
  // The second Ctrl+C does not wait for anything to be cleaned up.
  if (cancel.signal.aborted) process.exit(130)
  cancel.abort()
  // Nor does the first for ever.
  setTimeout(() => process.exit(130), 10_000).unref()
})
process.on('SIGTERM', () => cancel.abort())
const exit = await runCommandLine(process.argv.slice(2), processTerminal(), cancel.signal)
process.stdout.write('', () => process.exit(exit))

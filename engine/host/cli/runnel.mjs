#!/usr/bin/env node
// Plain JavaScript that any Node can read: an older one cannot load TypeScript and would fail in its own words.
import * as nodeModule from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(`Runnel needs Node.js 24.7 or later; this is ${process.versions.node}.\n`)
  process.exit(2)
}
// Before any TypeScript: loading what takes the types out of it costs more than the rest of a short command.
nodeModule.enableCompileCache()
await import('./main.ts')

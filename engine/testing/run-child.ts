import { readFile } from 'node:fs/promises'
import { executeRun } from '../run/execute.ts'
import type { RunRequest } from '../run/run-request.ts'
import { type TestConnections, testPorts } from './run-ports.ts'

/** What a child process of a fault test is told, as a JSON file: its only argument. */
export interface ChildRun {
  readonly baseDirectory: string
  readonly connections: TestConnections
  readonly request: RunRequest
}

const [path] = process.argv.slice(2)
if (path !== undefined) {
  const { baseDirectory, connections, request }: ChildRun = JSON.parse(await readFile(path, 'utf8'))
  const receipt = await executeRun(request, await testPorts(baseDirectory, connections))
  process.stdout.write(JSON.stringify(receipt.counts))
}

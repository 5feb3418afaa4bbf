import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { writeSampleWorkspace } from '../engine/host/sample/sample-workspace.ts'
import { pathExists } from '../engine/os/path-exists.ts'
import { startRunnel } from './runnel.ts'

// Until the studio is there, `npm start` serves an engine on loopback and leaves a workspace to try it with.

const CACHE = join(import.meta.dirname, '../.cache')
const workspace = join(CACHE, 'sample')

if (!(await pathExists(join(workspace, 'runnel.yaml'))))
  await writeSampleWorkspace(workspace, { orders: 20_000, seed: 1 })

console.log(`Sample workspace: ${workspace}
Try it in another terminal:
  npm run -s runnel -- check -w .cache/sample
  npm run -s runnel -- preview orders fact -w .cache/sample
  npm run -s runnel -- run orders -w .cache/sample
`)
const server = startRunnel(['serve', '--data', join(CACHE, 'server')], {
  directory: CACHE,
  variables: {
    // Secrets of this trial server are forgotten when it stops, unless a key is given.
    RUNNEL_KEY: process.env['RUNNEL_KEY'] ?? randomBytes(24).toString('base64'),
    SAMPLE_DATA: join(workspace, 'data'),
    SAMPLE_OUT: join(workspace, 'out'),
  },
})
server.stdout?.pipe(process.stdout)
// Ctrl+C reaches the server as well; it ends when that has stopped in order.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('close', (code) => {
  process.exitCode = code ?? 1
})

/**
 * `npm run package`: installers of the desktop for the system that it runs on, in release/. RUNNEL_RELEASES is the address at which
 * releases will lie; arguments are electron-builder's own.
 */
import { join } from 'node:path'
import { passTool, ROOT } from './checks/run-tool.ts'
import { stageApp } from './packaging/stage-app.ts'

const releases = process.env['RUNNEL_RELEASES']
if (releases === undefined) throw new Error('RUNNEL_RELEASES must name the address at which releases lie')
if ((await passTool('node', ['scripts/build.ts'])) !== 0) throw new Error('the app cannot be built')
await stageApp(join(ROOT, 'dist'), join(ROOT, '.cache/desktop-app'), ROOT)
// Package managers want an address for a project; where it is released is one that exists.
const args = ['--config', 'electron-builder.yml', `-c.extraMetadata.homepage=${releases}`, ...process.argv.slice(2)]
process.exitCode = await passTool('electron-builder', args)

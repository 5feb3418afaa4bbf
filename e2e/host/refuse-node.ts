import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

const STARTERS = ['fork', 'spawn', 'spawnSync', 'execFile', 'execFileSync'] as const

/**
 * From now on this process cannot start Node from its own executable.
 *
 * A packaged app has the fuse `runAsNode` off: its executable is Electron and no Node, `fork` would start the app once more. Here the
 * executable is a Node, which would hide that; so it is refused.
 */
export function refuseNode(): void {
  for (const name of STARTERS) {
    const start = childProcess[name]
    Object.defineProperty(childProcess, name, {
      configurable: true,
      value: (file: string, ...more: unknown[]) => {
        if (name === 'fork' || file === process.execPath) {
          throw new Error(`${name}: the fuse runAsNode is off, ${process.execPath} is no Node`)
        }
        return Reflect.apply(start, childProcess, [file, ...more])
      },
    })
  }
  syncBuiltinESMExports()
}

import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { sep } from 'node:path'

/**
 * From now on the app's own folder is read as an archive of Electron is: `readFile`, `readdir`, `stat`, `realpath`, `access` and modules
 * only. What Electron does not open in an archive (electron/electron#49012) is refused there, with its error.
 */
export function limitToArchive(folder: string): void {
  const refuse = (
    owner: object,
    name: 'cp' | 'cpSync' | 'opendir' | 'opendirSync' | 'glob' | 'globSync' | 'watch',
  ): void => {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') return
    Object.defineProperty(owner, name, {
      configurable: true,
      value: (path: unknown, ...more: unknown[]): unknown => {
        const isInside = typeof path === 'string' && (path === folder || path.startsWith(folder + sep))
        if (!isInside) return Reflect.apply(original, owner, [path, ...more])
        const error = Object.assign(new Error(`ENOENT: no such file or directory, ${name} '${path}'`), {
          code: 'ENOENT',
        })
        if (owner === fs.promises) return Promise.reject(error)
        throw error
      },
    })
  }
  for (const name of ['cp', 'cpSync', 'opendir', 'opendirSync', 'glob', 'globSync', 'watch'] as const) {
    refuse(fs, name)
    refuse(fs.promises, name)
  }
  syncBuiltinESMExports()
}

import { open } from 'node:fs/promises'

// Loaded before a program by NODE_OPTIONS=--import: a disk on which every fsync of a file fails, as a dying one does.

await using handle = await open(process.execPath)
const prototype: unknown = Object.getPrototypeOf(handle)
if (typeof prototype !== 'object' || prototype === null) throw new Error('no prototype to change')
Object.defineProperty(prototype, 'sync', {
  value: () =>
    Promise.reject(Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', errno: -5, syscall: 'fsync' })),
})

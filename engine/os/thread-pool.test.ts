import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const POOL = join(import.meta.dirname, 'thread-pool.ts')
/** More slow work than libuv has threads of itself, then a file: says which is done first. */
const PROGRAM = `
await import(${JSON.stringify(POOL)})
const { pbkdf2 } = await import('node:crypto')
const { readFile } = await import('node:fs/promises')
const slow = Array.from({ length: 8 }, () => new Promise((resolve) => pbkdf2('a', 'b', 400_000, 64, 'sha512', () => resolve('slow'))))
const first = await Promise.race([...slow, readFile(${JSON.stringify(POOL)}).then(() => 'file')])
process.stdout.write(first)
process.exit()
`

it.each([
  ['a file is read while more work runs than libuv has threads of itself', undefined, 'file'],
  ['another size holds where somebody says so', '4', 'slow'],
])('%s', async (_case, size, expected) => {
  const { UV_THREADPOOL_SIZE: _, ...inherited } = process.env
  const env = size === undefined ? inherited : { ...inherited, UV_THREADPOOL_SIZE: size }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM], { env })
  expect(stdout).toBe(expected)
})

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isFailure } from '../contract/failure.ts'
import { sql } from '../sql/sql.ts'
import { EXTENSION_FOLDER, extensionVariables, takeExtensionsFrom } from './extensions.ts'
import { openDuck } from './open-duck.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-extensions-'))
  takeExtensionsFrom(folder)
})
afterEach(async () => {
  takeExtensionsFrom(undefined)
  await rm(folder, { recursive: true, force: true })
})

it('is where DuckDB looks for extensions, and tells processes that are started', async () => {
  await using duck = await openDuck({ allowedDirectories: [] })
  expect(await duck.value(sql`SELECT current_setting('extension_directory')`)).toBe(folder)
  expect(await duck.value(sql`SELECT current_setting('autoinstall_known_extensions')`)).toBe('false')
  expect(extensionVariables()).toEqual({ [EXTENSION_FOLDER]: folder })
  takeExtensionsFrom(undefined)
  expect(extensionVariables()).toEqual({})
  await using other = await openDuck({ allowedDirectories: [] })
  expect(await other.value(sql`SELECT current_setting('extension_directory')`)).not.toBe(folder)
})

it.each([
  ['in the folder itself', async () => folder],
  [
    'where DuckDB keeps those of its version',
    async () => {
      takeExtensionsFrom(undefined)
      await using duck = await openDuck()
      takeExtensionsFrom(folder)
      const version = await duck.value(sql`SELECT library_version FROM pragma_version()`)
      const platform = await duck.value(sql`SELECT platform FROM pragma_platform()`)
      return join(folder, String(version), String(platform))
    },
  ],
])('loads what lies %s, and says which file is no extension', async (_case, placeOf) => {
  const place = await placeOf()
  await mkdir(place, { recursive: true })
  await writeFile(join(place, 'broken.duckdb_extension'), 'no code')
  await writeFile(join(place, 'readme.txt'), 'no extension')
  const failed = await openDuck({ allowedDirectories: [] }).catch((error: unknown) => error)
  expect(isFailure(failed, 'engine.extension_unusable') && failed.detail).toMatchObject({
    extension: expect.stringContaining('broken'),
    reason: expect.stringContaining(join(place, 'broken.duckdb_extension')),
  })
})

it('of another version of DuckDB are passed over', async () => {
  await mkdir(join(folder, 'v0.0.1/linux_amd64'), { recursive: true })
  await writeFile(join(folder, 'v0.0.1/linux_amd64/old.duckdb_extension'), 'no code')
  await using duck = await openDuck({ allowedDirectories: [] })
  expect(await duck.value(sql`SELECT 1`)).toBe('1')
})

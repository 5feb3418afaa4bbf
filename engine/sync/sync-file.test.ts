import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { syncFileSchema } from '../contract/sync-file.ts'

it('is in the document as it really may be written', async () => {
  const text = await readFile(new URL('../../docs/sync.md', import.meta.url), 'utf8')
  const files = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml]) =>
    syncFileSchema.safeParse(parse(yaml ?? '')),
  )
  expect(files.length).toBeGreaterThan(2)
  expect(files.map(({ error }) => error?.message)).toEqual(files.map(() => undefined))
})

it.each([
  [{ cursor: 'updated_at' }, 'cursor'],
  [{ history: {} }, 'history'],
  [{ overrides: [{ tables: ['t'], mode: 'full' }] }, 'overrides'],
  [{ mode: 'full', throttle: { windows: ['6-22'] } }, 'throttle.windows.0'],
  [{ mode: 'full', timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ mode: 'full', rename: { replace: [{ pattern: '(', by: '' }] } }, 'rename.replace.0.pattern'],
  [{ mode: 'incremental', lookBack: 'long' }, 'lookBack'],
])('%o is refused at %s', (settings, path) => {
  const { error } = syncFileSchema.safeParse({ version: 1, source: 'a', target: 'b', ...settings })
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const PEOPLE = `id,name,mobile,note\n${Array.from({ length: 60 }, (_, i) => `${i},王秀英,1381234${String(1_000 + i * 7)},n${i}`).join('\n')}\n`
const POLICY = `version: 1
columns:
  # names are invented
  - { column: name, mask: { method: pseudonym, kind: name } }
  - { column: "mob*", dataset: "files:*", mask: { method: format, form: phone } }
  - { column: mobile, mask: { method: "null" } }
`

let test: TestEngine
beforeEach(async () => {
  test = await openTestEngine({ 'data/people.csv': PEOPLE, 'data/other.csv': PEOPLE, 'policies/strict.yaml': POLICY })
})
afterEach(() => test[Symbol.asyncDispose]())

const people = { dataset: 'files:people.csv' }

describe('a policy', () => {
  it('is suggested by what the values look like', async () => {
    const suggestions = await test.engine.masking.suggest(people)
    expect(suggestions.map(({ column, semantic, mask }) => [column, semantic, mask.method])).toEqual([
      ['name', 'cn_name', 'pseudonym'],
      ['mobile', 'cn_mobile', 'format'],
    ])
  })

  it('is suggested as persons confirmed, and not for what they said holds nothing', async () => {
    const { masking, profiles } = test.engine
    const { file } = await masking.confirm({ ...people, column: 'mobile', class: 'none' })
    await test.write(file, `# asked the owner\n${readFileSync(join(test.directory, file), 'utf8')}`)
    await masking.confirm({ ...people, column: 'note', class: 'sensitive' })
    expect(readFileSync(join(test.directory, file), 'utf8')).toBe(
      '# asked the owner\nversion: 1\ndataset: files:people.csv\ncolumns:\n  mobile:\n    class: none\n  note:\n    class: sensitive\n',
    )
    expect(await masking.classes(people)).toEqual({ mobile: 'none', note: 'sensitive' })
    const suggestions = await masking.suggest(people)
    expect(suggestions.map(({ column, class: level, mask }) => [column, level, mask.method])).toEqual([
      ['name', 'personal', 'pseudonym'],
      ['note', 'sensitive', 'hash'],
    ])
    const events = await Array.fromAsync(await profiles.run({ from: people }))
    const personal = (findings: readonly { code: string; columns: string[]; mask: boolean }[] = []) =>
      findings
        .filter(({ mask }) => mask)
        .map(({ code, columns }) => `${columns.join(' ')} ${code}`)
        .toSorted()
    expect(personal(events.at(-1)?.profile.findings)).toEqual([
      'name profile.personal_data',
      'note profile.confirmed_class',
    ])
    await masking.confirm({ ...people, column: 'note' })
    await masking.confirm({ ...people, column: 'mobile' })
    expect(await masking.classes(people)).toEqual({})
    const kept = await profiles.get(people)
    expect(personal(kept.findings)).toEqual(['mobile profile.personal_data', 'name profile.personal_data'])
  })

  it('is seen before it is kept', async () => {
    await test.engine.masking.makeKey({ key: 'workspace' })
    const { document } = await test.engine.masking.get({ policy: 'strict' })
    if (document === undefined) throw new Error('no document')
    const shown = await test.engine.masking.preview({ ...people, draft: { document }, limitRows: 5 })
    expect(shown.masked.map(({ column }) => column)).toEqual(['name', 'mobile'])
    expect(shown.before[0]?.slice(0, 2)).toEqual(['0', '王秀英'])
    expect(shown.after).toHaveLength(5)
    expect(shown.after.every(([, name]) => name !== '王秀英')).toBe(true)
    expect(new Set(shown.after.map(([, name]) => name)).size).toBe(1)
  })

  it('is a file like the others: saved with its comments, listed, removed', async () => {
    const { masking } = test.engine
    const { document, digest } = await masking.get({ policy: 'strict' })
    if (document === undefined) throw new Error('no document')
    const saved = await masking.save({
      policy: 'strict',
      content: { document: { ...document, others: 'null' } },
      expectedDigest: digest,
    })
    expect(readFileSync(join(test.directory, saved.file), 'utf8')).toMatch(
      /# names are invented[\s\S]*others: "?null"?/,
    )
    expect(await codeOf(masking.save({ policy: 'strict', content: { document } }))).toBe('workspace.file_changed')
    await test.write('policies/broken.yaml', 'version: 1\ncolumns: 3\n')
    expect((await masking.list()).map(({ name, document: read }) => [name, read !== undefined])).toEqual([
      ['broken', false],
      ['strict', true],
    ])
    expect(await masking.remove({ policy: 'strict' })).toEqual({ removed: true })
    expect(await codeOf(masking.get({ policy: 'strict' }))).toBe('workspace.name_unknown')
  })
})

describe('a key', () => {
  it('is made once and rotated when asked', async () => {
    const { makeKey } = test.engine.masking
    expect(await makeKey({ key: 'hr' })).toMatchObject({ version: '1', made: true })
    expect(await makeKey({ key: 'hr' })).toMatchObject({ version: '1', made: false })
    expect(await makeKey({ key: 'hr', rotate: true })).toMatchObject({ version: '2', made: true })
  })

  it('must be there', async () => {
    const taking = test.engine.snapshots.take({ ...people, policy: 'strict' })
    expect(await codeOf(taking)).toBe('mask.key_missing')
    expect(existsSync(join(test.directory, '.runnel/snapshots'))).toBe(false)
  })
})

describe('a snapshot under a policy', () => {
  beforeEach(() => test.engine.masking.makeKey({ key: 'workspace' }))

  it('joins with that of another table, and is refreshed under the same policy', async () => {
    const { snapshots, pipelines, data } = test.engine
    const taken = await snapshots.take({ ...people, policy: 'strict' })
    expect(taken.policy).toMatchObject({
      name: 'strict',
      columns: [
        { column: 'name', method: 'pseudonym' },
        { column: 'mobile', method: 'format' },
      ],
    })
    await snapshots.take({ dataset: 'files:other.csv', policy: 'strict' })
    expect((await snapshots.refresh(people)).policy?.sha256).toBe(taken.policy?.sha256)
    await test.write(
      'pipelines/p.yaml',
      `version: 1
nodes:
  a: { type: source, dataset: "files:people.csv" }
  b: { type: source, dataset: "files:other.csv" }
  both: { type: join, left: a, right: b, on: [mobile] }
`,
    )
    const joined = await pipelines.preview({ pipeline: 'p', output: 'both', offline: true, limitRows: 100 })
    expect([joined.basis, joined.rowCount]).toEqual(['snapshot', '60'])
    const cursor = await data.open({ from: people, offline: true })
    const page = await data.rows({ cursor: cursor.cursor, offset: 0, limit: 60 })
    expect(JSON.stringify(page.rows)).not.toMatch(/王秀英|1381234/)
    await data.close({ cursor: cursor.cursor })
  })

  it('leaves no value of the source below the state folder', async () => {
    await test.engine.snapshots.take({ ...people, policy: 'strict' })
    const state = join(test.directory, '.runnel')
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThanOrEqual(2)
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toMatch(/王秀英|1381234/)
    }
  })

  it('passes a second look, and a snapshot without a policy does not get one', async () => {
    await test.engine.snapshots.take({ ...people, policy: 'strict' })
    const check = await test.engine.masking.check(people)
    expect(check).toMatchObject({ policy: 'strict', rows: '60', compared: '60' })
    expect(check.findings.filter(({ verdict }) => verdict === 'leak')).toEqual([])
    await test.engine.snapshots.take(people)
    expect(await codeOf(test.engine.masking.check(people))).toBe('mask.snapshot_unmasked')
  })

  it('is refused without a folder in memory', async () => {
    const variables = { RUNNEL_KEY: 'a key for tests', RUNNEL_MEMORY_FOLDER: join(test.outside, 'nowhere') }
    const engine = test.as({ variables })
    expect(await codeOf(engine.snapshots.take({ ...people, policy: 'strict' }))).toBe('mask.no_memory_folder')
    await mkdir(variables.RUNNEL_MEMORY_FOLDER)
    expect((await engine.snapshots.take({ ...people, policy: 'strict' })).rows).toBe('60')
  })
})

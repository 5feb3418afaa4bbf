import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from './commands.ts'
import { runRecorded } from './testing/recording-terminal.ts'
import { spawnRunnel } from './testing/spawn-runnel.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-cli-'))
const shop = join(root, 'shop')
const CANARY = 'canary-77aa'
const RUNNEL_KEY = 'key-of-the-test'

beforeAll(async () => {
  await spawnRunnel(['init', 'shop', '--name', '商店'], { directory: root })
  await writeFile(
    join(root, 'rows.json'),
    '[{"id": 9007199254740993, "name": "李雷", "note": null}, {"id": 2, "name": "", "note": "x"}]',
  )
  await writeFile(join(root, 'bad.json'), '[1,')
  await writeFile(join(shop, 'connections/files.yaml'), 'version: 1\nkind: json\nsettings: { folder: .. }\n')
  await writeFile(
    join(shop, 'connections/erp.yaml'),
    'version: 1\nkind: mysql\nsettings: { host: 127.0.0.1, port: 9, database: d, user: u, password: "${secret:erp.password}" }\n',
  )
})
afterAll(() => rm(root, { recursive: true }))

describe('the real program', () => {
  it.each<[string, string[], number]>([
    ['help', ['--help'], 0],
    ['no command', [], 2],
    ['unknown command', ['shw'], 2],
    ['unknown option', ['check', '--no'], 2],
    ['missing argument', ['show'], 2],
    ['spare argument', ['check', 'it'], 2],
    ['no workspace', ['check'], 2],
    ['unknown language', ['check', '--lang', 'fr'], 2],
    ['a file', ['show', 'rows.json'], 0],
    ['a missing file', ['show', 'none.json'], 2],
    ['an unknown kind of file', ['show', 'rows.unknown'], 2],
    ['an invalid file', ['show', 'bad.json'], 1],
    ['a sound workspace', ['check', '-w', 'shop'], 0],
    ['a dataset', ['show', 'files:rows.json', '--workspace', 'shop'], 0],
    ['a source that is away', ['datasets', 'erp', '-w', 'shop'], 3],
    ['a failing self-test', ['connections', 'test', 'erp', '-w', 'shop'], 3],
  ])('exits right for %s', async (_case, args, exit) => {
    await setSecret()
    const ran = await spawnRunnel(args, { directory: root, variables: { RUNNEL_KEY } })
    expect(ran).toMatchObject({ exit })
    expect(ran.out + ran.error).not.toContain(CANARY)
    expect((ran.out + ran.error).trim()).not.toBe('')
  })

  it('is done without an error when nobody reads on', async () => {
    const main = join(import.meta.dirname, 'main.ts')
    const flights = join(import.meta.dirname, '../../../node_modules/vega-datasets/data/flights-3m.parquet')
    const piped = '"$0" "$1" show "$2" --limit 50000 --json | head -c 11; echo; echo "${PIPESTATUS[0]}"'
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', piped, process.execPath, main, flights])
    expect([stdout, stderr]).toEqual(['{"columns":\n0\n', ''])
  })
})

describe('--json', () => {
  it('prints one document with exact values and their types', async () => {
    const { exit, out, error } = await spawnRunnel(['show', 'rows.json', '--json'], { directory: root })
    expect([exit, error, out.trimEnd().split('\n').length]).toEqual([0, '', 1])
    expect(JSON.parse(out)).toEqual({
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'name', type: 'VARCHAR' },
        { name: 'note', type: 'VARCHAR' },
      ],
      rows: [
        ['9007199254740993', '李雷', null],
        ['2', '', 'x'],
      ],
      rowCount: 2,
      rejects: [],
      encoding: 'utf-8',
      warnings: [],
    })
  })

  it.each<[string, string[], string, number]>([
    ['usage', ['chec'], 'usage.invalid', 2],
    ['no workspace', ['check'], 'workspace.missing', 2],
    ['a name that is not there', ['datasets', 'epr', '-w', 'shop'], 'workspace.name_unknown', 2],
    ['a secret that is not set', ['datasets', 'erp', '-w', 'shop', '-e', 'none'], 'workspace.name_unknown', 2],
  ])('reports %s as one document with code, message, next step and detail', async (_case, args, code, exit) => {
    for (const language of ['en', 'zh']) {
      const ran = await runRecorded([...args, '--json', '--lang', language], { directory: root })
      expect([ran.exit, ran.error]).toEqual([exit, ''])
      const { error } = JSON.parse(ran.out)
      expect(Object.keys(error)).toEqual(['code', 'message', 'next', 'detail'])
      expect(error.code).toBe(code)
      expect(/\p{Script=Han}/u.test(error.next)).toBe(language === 'zh')
    }
  })

  it('streams one document per line', async () => {
    await setSecret()
    const ran = await runRecorded(['connections', 'test', 'erp', '-w', 'shop', '--json'], {
      directory: root,
      variables: { RUNNEL_KEY },
    })
    const stages = ran.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).stage)
    expect(stages).toEqual(['dns', 'tcp', 'tls', 'authentication', 'privileges', 'read', 'change_log'])
  })
})

describe('languages', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, true],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, false],
    [{}, false],
  ])('follows the locale %o', async (variables, isChinese) => {
    const { error } = await runRecorded(['check'], { directory: root, variables })
    expect(/\p{Script=Han}/u.test(error)).toBe(isChinese)
  })

  it.each(COMMANDS.map(({ name }) => [name]))('has help for "%s" with an example in both', async (name) => {
    for (const language of ['en', 'zh'] as const) {
      const { exit, out } = await runRecorded([...name.split(' '), '--help', '--lang', language])
      expect(exit).toBe(0)
      expect(out).toContain(`  ${COMMANDS.find((spec) => spec.name === name)?.examples[0]}`)
      expect(/\p{Script=Han}/u.test(out)).toBe(language === 'zh')
    }
  })
})

describe('secrets', () => {
  it('takes the value from standard input and writes it nowhere readable', async () => {
    const ran = await setSecret()
    expect(ran.exit).toBe(0)
    expect(ran.out + ran.error).not.toContain(CANARY)
    for (const file of await readdir(join(shop, '.runnel'))) {
      expect(await readFile(join(shop, '.runnel', file), 'utf8')).not.toContain(CANARY)
    }
  })

  it('fails closed with another key', async () => {
    await setSecret()
    const ran = await runRecorded(['datasets', 'erp', '-w', 'shop', '--json'], {
      directory: root,
      variables: { RUNNEL_KEY: 'other' },
    })
    expect(ran.exit).toBe(2)
    expect(JSON.parse(ran.out).error.code).toBe('secret.wrong_key')
  })
})

it('counts as cancelled whatever fails after Ctrl+C', async () => {
  const cancelled = AbortSignal.abort()
  const ran = await runRecorded(['show', 'rows.json', '--json'], { directory: root, signal: cancelled })
  expect([ran.exit, JSON.parse(ran.out).error.code]).toEqual([130, 'work.cancelled'])
})

it('writes schemas that name every kind of connection', async () => {
  const { exit, out } = await runRecorded(['schema', 'schemas', '--json'], { directory: root })
  expect([exit, JSON.parse(out).files.length]).toEqual([0, 13])
  const connection = JSON.parse(await readFile(join(root, 'schemas/connection.schema.json'), 'utf8'))
  expect(connection.properties.kind.enum).toContain('mysql')
})

async function setSecret(): ReturnType<typeof runRecorded> {
  return runRecorded(['secret', 'set', 'erp.password', '-w', 'shop'], {
    directory: root,
    variables: { RUNNEL_KEY },
    input: CANARY,
  })
}

it('exits with 130 on Ctrl+C with the failure as its one document', async () => {
  const main = join(import.meta.dirname, 'main.ts')
  // It tells when it has begun to wait for its standard input, which stays open.
  const tell = `process.on('newListener', (name) => name === 'SIGINT' && process.stdin.once('newListener', () => console.error('waits')))`
  const child = spawn(process.execPath, [main, 'secret', 'set', 'x', '-w', shop, '--json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}` },
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.once('data', () => child.kill('SIGINT'))
  const [code] = await once(child, 'close')
  expect([code, out.trimEnd().split('\n').length]).toEqual([130, 1])
})

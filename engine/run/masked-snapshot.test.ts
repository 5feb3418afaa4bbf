import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../connectors/api/session.ts'
import { text } from '../connectors/text/connector.ts'
import type { Mask } from '../contract/mask.ts'
import type { ConfirmedClasses, PersonalClass } from '../contract/personal-class.ts'
import type { PolicyFile } from '../contract/policy-file.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import type { MaskValue } from '../duck/row-functions.ts'
import { keyringForTests } from '../govern/masking/keyring.ts'
import { maskValueWith } from '../govern/masking/mask-value.ts'
import { idCardCheck } from '../profile/semantic/checksums.ts'
import { cnIdCard } from '../profile/semantic/types/cn-id-card.ts'
import { literal, sql } from '../sql/sql.ts'
import { checkSnapshotMask } from './check-snapshot-mask.ts'
import { type SnapshotRequest, takeSnapshot } from './snapshot.ts'

const ROWS = 1_000
let root: string
let directory: string
let memory: string
let session: Session

/** Values of the source that must be on no disk; each column has its own mark. */
const CARDS = Array.from({ length: ROWS }, (_, i) => {
  const body = `11010519${60 + (i % 40)}0${1 + (i % 9)}${10 + (i % 18)}${String(i % 1000).padStart(3, '0')}`
  return body + idCardCheck(body)
})
const PHONES = Array.from({ length: ROWS }, (_, i) => `1391${String(1_000_000 + i * 13)}`)
const SOURCE = new Set([...CARDS, ...PHONES])
const PLANTED = /1391\d{7}|110105\d{11}[\dX]|欧阳甲|PLANTED/g

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'runnel-masked-'))
  directory = join(root, 'workspace', '.runnel', 'snapshots')
  memory = join(root, 'memory')
  await mkdir(join(root, 'workspace'), { recursive: true })
  await mkdir(join(root, 'data'))
  await mkdir(memory)
  const lines = CARDS.map((card, i) => `${i},欧阳甲${i},${PHONES[i]},${card},PLANTED ${i},1990-01-01`)
  await writeFile(join(root, 'data', 'people.csv'), `id,name,phone,card,note,born\n${lines.join('\n')}\n`)
  const secret = (): Promise<undefined> => Promise.resolve(undefined)
  session = await text.open({ name: 'files', config: { folder: join(root, 'data') }, baseDirectory: root, secret })
})
afterEach(async () => {
  await session[Symbol.asyncDispose]()
  await rm(root, { recursive: true })
})

const MASKS: Readonly<Record<string, Mask>> = {
  name: { method: 'pseudonym', kind: 'name', language: 'zh', key: 'workspace' },
  phone: { method: 'format', form: 'phone', key: 'workspace' },
  card: { method: 'format', form: 'cn_id_card', key: 'workspace' },
  note: { method: 'hash', algorithm: 'sha256', key: 'workspace' },
}

function policyOf(masks: Readonly<Record<string, Mask>>): NonNullable<SnapshotRequest['policy']> {
  const columns = Object.entries(masks).map(([column, mask]) => ({ column, mask }))
  const file: PolicyFile = { version: 1, columns, others: 'keep' }
  return { name: 'strict', file }
}

function open(maskValue: MaskValue = maskValueWith(keyringForTests(['workspace']))): Promise<Duck> {
  return openDuck({
    memoryLimitMb: 256,
    spillParent: memory,
    allowedDirectories: [directory, join(root, 'data')],
    maskValue,
  })
}

function take(duck: Duck, change: Partial<SnapshotRequest> = {}): ReturnType<typeof takeSnapshot> {
  return takeSnapshot({
    session,
    dataset: 'files:people.csv',
    options: text.source.parse({}),
    scope: { kind: 'all' },
    directory,
    duck,
    policy: policyOf(MASKS),
    ...change,
  })
}

/** Every file below the workspace that holds a value of the source, or part of one. */
function leaksBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) =>
      (readFileSync(file, 'utf8').match(PLANTED) ?? []).some((found) => !/^\d/.test(found) || SOURCE.has(found)),
    )
}

describe('a masked snapshot', () => {
  it('has masked values only, and says what masked it', async () => {
    await using duck = await open()
    const manifest = await take(duck)
    expect(manifest).toMatchObject({
      rows: String(ROWS),
      policy: { name: 'strict', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect(manifest.policy?.columns).toEqual(Object.entries(MASKS).map(([column, { method }]) => ({ column, method })))
    const { rows } = await duck.rows(
      sql`FROM read_parquet(${literal(join(directory, manifest.file))}) ORDER BY CAST(id AS INTEGER)`,
    )
    for (const [id, name, phone, card, note] of rows) {
      const i = Number(id)
      expect([name, phone, card, note]).not.toContain(`欧阳甲${i}`)
      expect(phone).toMatch(/^139\d{8}$/)
      expect(phone).not.toBe(PHONES[i])
      expect(cnIdCard.matches(JSON.stringify(card).slice(1, -1)) && card !== CARDS[i]).toBe(true)
      expect(note).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it.each([
    ['rows as they are', {}],
    ['a sample', { scope: { kind: 'sample', rows: 300, seed: 1 }, where: 'phone > 13910000000' }],
    ['shuffled rows', { policy: policyOf({ ...MASKS, born: { method: 'shuffle', seed: 1 } }) }],
  ] satisfies [string, Partial<SnapshotRequest>][])(
    'of %s is never unmasked on the disk, not even on the way',
    async (_case, change) => {
      const mask = maskValueWith(keyringForTests(['workspace']))
      let looks = 0
      const leaks: string[] = []
      // The disk is looked at while rows are on their way; the source itself and the folder in memory do not count.
      const looking: MaskValue = (how, value) => {
        if (looks++ % 500 === 0) leaks.push(...leaksBelow(join(root, 'workspace')))
        return mask(how, value)
      }
      await using duck = await open(looking)
      await take(duck, change)
      expect(looks).toBeGreaterThan(1_000)
      expect(leaks).toEqual([])
      const name = readdirSync(directory).find((file) => file.endsWith('.parquet')) ?? ''
      await duck.run(
        sql`COPY (FROM read_parquet(${literal(join(directory, name))})) TO ${literal(join(directory, 'plain.csv'))} (FORMAT csv)`,
      )
      expect(leaksBelow(join(root, 'workspace'))).toEqual([])
      expect(readdirSync(duck.spillDirectory)).toEqual([])
    },
  )

  it('is refused when a column cannot be masked so', async () => {
    await using duck = await open()
    const policy = policyOf({ name: { method: 'round', to: 10 } })
    await expect(take(duck, { policy })).rejects.toMatchObject({ code: 'mask.unfit' })
    expect(readdirSync(directory)).toEqual([])
  })

  it('has every column that no rule names removed when the policy says so', async () => {
    await using duck = await open()
    const policy = {
      name: 'strict',
      file: {
        version: 1 as const,
        columns: [{ column: 'i*', mask: MASKS['note'] ?? { method: 'null' as const } }],
        others: 'null' as const,
      },
    }
    const manifest = await take(duck, { policy })
    const path = literal(join(directory, manifest.file))
    expect(
      await duck.value(
        sql`SELECT count(DISTINCT id) FROM read_parquet(${path}) WHERE name IS NULL AND phone IS NULL AND card IS NULL AND note IS NULL`,
      ),
    ).toBe(String(ROWS))
  })
})

describe('a second look', () => {
  async function check(masks: Readonly<Record<string, Mask>>, confirmed: ConfirmedClasses = new Map()) {
    await using duck = await open()
    const policy = policyOf(masks)
    const manifest = await take(duck, { policy })
    return await checkSnapshotMask({ manifest, directory, session, options: text.source.parse({}), duck, confirmed })
  }

  it('finds what was forgotten', async () => {
    const { findings, compared } = await check({ note: MASKS['note'] ?? { method: 'null' } })
    expect(compared).toBe(String(ROWS))
    const leaks = findings.filter(({ verdict }) => verdict === 'leak').map(({ column }) => column)
    expect(leaks).toEqual(expect.arrayContaining(['phone', 'card']))
    expect(JSON.stringify(findings)).not.toContain(PHONES[7])
  })

  it('follows what persons said: what holds nothing is not asked about, and what was left is a leak', async () => {
    const { note: _note, card: _card, ...rest } = MASKS
    const said = new Map<string, PersonalClass>([
      ['card', 'none'],
      ['note', 'sensitive'],
      ['phone', 'sensitive'],
    ])
    const { findings } = await check(rest, said)
    const leaks = findings.filter(({ verdict }) => verdict === 'leak')
    expect(leaks).toEqual([
      expect.objectContaining({ kind: 'left_unmasked', column: 'note', class: 'sensitive', values: String(ROWS) }),
    ])
    expect(findings.filter(({ column }) => column === 'card')).toEqual([])
  })

  it('finds a mask that masks nothing', async () => {
    const { findings } = await check({
      ...MASKS,
      note: { method: 'partial', first: 0, last: 0, with: '*' },
      phone: { method: 'partial', first: 11, last: 0, with: '*' },
    })
    // A text no longer than what is kept is masked whole, so eleven of eleven leave none.
    expect(findings.filter(({ verdict }) => verdict === 'leak')).toEqual([])
  })

  it('knows what lies in a method from what does not', async () => {
    const { findings } = await check({ ...MASKS, note: { method: 'shuffle', seed: 2 } })
    expect(findings.filter(({ verdict }) => verdict === 'leak')).toEqual([])
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'equals_original', column: 'note', verdict: 'expected', values: String(ROWS) }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'looks_personal', column: 'card', verdict: 'expected' }),
    )
  })
})

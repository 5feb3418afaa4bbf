import { afterEach, describe, expect, it, vi } from 'vitest'
import { forgetClosedSql, storedSql, storeSql } from './sql-text.ts'

afterEach(() => vi.unstubAllGlobals())

function stubStorage(roomFor: number): Storage {
  const kept = new Map<string, string>()
  const storage = {
    get length() {
      return kept.size
    },
    key: (place: number) => [...kept.keys()][place] ?? null,
    clear: () => kept.clear(),
    removeItem: (key: string) => void kept.delete(key),
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (text.length > roomFor) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, text)
    },
  }
  vi.stubGlobal('localStorage', storage)
  return storage
}

describe('the text of a query', () => {
  it('is kept by tab', () => {
    stubStorage(100)
    expect(storeSql('a', 'SELECT 1')).toBe(true)
    expect([storedSql('a'), storedSql('b')]).toEqual(['SELECT 1', undefined])
  })

  it('that has no room is told apart from one that is kept, and what was kept before stays', () => {
    stubStorage(8)
    storeSql('a', 'SELECT 1')
    expect(storeSql('a', 'SELECT 1, 2')).toBe(false)
    expect(storedSql('a')).toBe('SELECT 1')
  })

  it.each([
    ['of a tab that is open somewhere', 30, ['sql:{"number":1}'], true],
    ['of a closed tab, within a week', 6, [], true],
    ['of a closed tab, after a week', 9, [], false],
    ['of another tab that is open', 9, ['sql:{"number":11}'], false],
  ])('%s is kept or not', (_case, days, open, isKept) => {
    const storage = stubStorage(1_000)
    storage.setItem('runnel.layout./shop', JSON.stringify({ groups: [{ tabs: open.map((id) => ({ id })) }] }))
    storeSql('sql:{"number":1}', 'SELECT 1')
    forgetClosedSql(storage, Date.now() + days * 86_400_000)
    expect(storedSql('sql:{"number":1}') === 'SELECT 1').toBe(isKept)
  })

  it('of before there were times is kept for a week more', () => {
    const storage = stubStorage(1_000)
    storage.setItem('runnel.sql.text.old', 'SELECT 1')
    const now = Date.now()
    forgetClosedSql(storage, now)
    expect(storedSql('old')).toBe('SELECT 1')
    forgetClosedSql(storage, now + 9 * 86_400_000)
    expect([storedSql('old'), storage.length]).toEqual([undefined, 0])
  })
})

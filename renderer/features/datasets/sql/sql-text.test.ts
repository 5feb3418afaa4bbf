import { afterEach, describe, expect, it, vi } from 'vitest'
import { storedSql, storeSql } from './sql-text.ts'

afterEach(() => vi.unstubAllGlobals())

function stubStorage(roomFor: number): void {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (text.length > roomFor) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, text)
    },
  })
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
})

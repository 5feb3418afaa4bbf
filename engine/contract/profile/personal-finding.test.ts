import { describe, expect, it } from 'vitest'
import type { PersonalClass } from '../personal-class.ts'
import type { ColumnProfile, SemanticReading } from './column-profile.ts'
import type { Finding } from './finding.ts'
import { personalFinding, withConfirmed } from './personal-finding.ts'

const reading = (type: string, level: PersonalClass, confidence: number): SemanticReading => ({
  type,
  title: { en: type, zh: type },
  share: confidence,
  confidence,
  class: level,
  examples: ['a••'],
  exceptions: [],
})
const column = (semantic: SemanticReading[], confirmed?: PersonalClass): ColumnProfile => ({
  name: 'c',
  type: 'VARCHAR',
  kind: 'text',
  exact: { nulls: 0, distinct: { count: 1, error: 0 } },
  detail: { values: 200, top: [], singles: 0, rare: [], semantic },
  topIsExact: true,
  ...(confirmed === undefined ? {} : { confirmed }),
})
const basis = { rows: 200, isSample: false, shareError: 0, rankError: 0 }

describe('a column holds personal data', () => {
  it.each([
    ['as its values suggest', column([reading('cn_mobile', 'personal', 0.7)]), 'profile.personal_data', 140],
    [
      'by few numbers that are sensitive',
      column([reading('cn_id_card', 'sensitive', 0.01)]),
      'profile.sensitive_data',
      2,
    ],
    ['as a person says', column([], 'sensitive'), 'profile.confirmed_class', 200],
    ['not when a person says so', column([reading('cn_id_card', 'sensitive', 1)], 'none'), undefined, undefined],
    ['not when that is unlikely', column([reading('cn_name', 'personal', 0.4)]), undefined, undefined],
    [
      'not when it is likelier to hold something else',
      column([reading('cn_region', 'none', 0.9), reading('cn_name', 'personal', 0.6)]),
      undefined,
      undefined,
    ],
    ['not of itself', column([]), undefined, undefined],
  ] as const)('%s', (_case, given, code, count) => {
    const found = personalFinding(given, { basis })
    expect([found?.code, found?.evidence.count]).toEqual([code, count])
    expect(found?.mask ?? true).toBe(true)
  })
})

describe('what persons confirmed', () => {
  const blank: Finding = {
    code: 'profile.blank_values',
    harm: 'untidy',
    columns: ['c'],
    evidence: { count: 1, rows: 200, isSample: false },
    parameters: {},
    examples: [],
    mask: false,
  }
  const suggested = column([reading('cn_mobile', 'personal', 1)])
  const finding = personalFinding(suggested, { basis })
  const profile = { columns: [suggested], findings: [...(finding === undefined ? [] : [finding]), blank], basis }

  it('takes the place of what values suggest, and gives it back', () => {
    const refused = withConfirmed(profile, new Map([['c', 'none']]))
    expect(refused.findings.map(({ code }) => code)).toEqual(['profile.blank_values'])
    expect(refused.columns[0]?.confirmed).toBe('none')
    const raised = withConfirmed(refused, new Map([['c', 'sensitive']]))
    expect(raised.findings.map(({ code }) => code)).toEqual(['profile.confirmed_class', 'profile.blank_values'])
    expect(withConfirmed(raised, new Map())).toEqual(profile)
  })

  it('of other columns leaves a profile as it is', () => {
    expect(withConfirmed(profile, new Map([['d', 'none']])).findings).toEqual(profile.findings)
    expect(withConfirmed(profile, new Map())).toBe(profile)
  })
})

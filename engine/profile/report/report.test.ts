import { describe, expect, it } from 'vitest'
import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { NO_TABLE } from '../table/profile-table.ts'
import { html } from './markup.ts'
import { profileReport } from './report.ts'
import { veiledProfile } from './veiled-profile.ts'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '</style></title><b>',
  '&lt;',
  '\u202Egnp.exe',
  '\u0007',
  '`${x}`',
]

function column(name: string, values: readonly string[]): ColumnProfile {
  const top = values.map((value) => ({ value, count: 2 }))
  return {
    name,
    type: 'VARCHAR',
    kind: 'text',
    exact: { nulls: 0, distinct: { count: values.length, error: 0 }, min: values[0] ?? '', max: values.at(-1) ?? '' },
    detail: {
      values: values.length * 2,
      top,
      singles: 0,
      rare: top,
      semantic: [],
      text: {
        patterns: values.map((value) => ({ pattern: value.replace(/\d/g, '9'), count: 2, examples: [value] })),
        patternCount: values.length,
        classes: { upper: 0, lower: 0, digit: 0, han: 0, other_letter: 0, space: 0, punctuation: 0 },
        shapes: [{ shape: 'text', count: values.length * 2, examples: [...values] }],
        caseVariants: [],
        caseVariantRows: 0,
        mojibake: { count: 0, examples: [] },
        controlCharacters: { count: 0, examples: [] },
      },
    },
    topIsExact: true,
  }
}

function profileOf(columns: ColumnProfile[], findings: Profile['findings'] = []): Profile {
  const basis = { rows: 16, isSample: false, shareError: 0, rankError: 0 }
  return {
    version: 1,
    id: 'x',
    dataset: HOSTILE.join(' '),
    takenAt: '2026-01-02T03:04:05Z',
    elapsedMs: 1,
    scope: { rows: 16, isWhole: true },
    basis,
    table: NO_TABLE,
    columns,
    findings,
    warnings: [],
  }
}

const finding = (columns: string[], examples: string[], mask: boolean): Profile['findings'][number] => ({
  code: mask ? 'profile.sensitive_data' : 'profile.case_variants',
  harm: 'breaks_results',
  columns,
  evidence: { count: 1, rows: 16, isSample: false },
  parameters: {},
  examples,
  mask,
})

/** Of a page that must contain nothing but what the report itself writes. */
const TAGS =
  /<(?!\/?(?:html|head|meta|title|style|body|div|label|input|h1|h2|h3|h4|span|b|p|ul|li|i|table|thead|tbody|tr|th|td|a|time|svg|rect|section|header|code)[\s>]|!doctype)/i

describe('the report', () => {
  it('lets nothing of the data act', () => {
    const page = profileReport({
      profile: profileOf([column(HOSTILE.join(''), HOSTILE)], [finding([HOSTILE[1] ?? ''], HOSTILE, false)]),
      language: 'en',
    })
    expect(page).not.toMatch(TAGS)
    expect(page).not.toMatch(/<[^>]*\son\w+=/i)
    expect(page).not.toContain('\u0007')
    expect(page).not.toContain('\u202e')
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;')
    expect(page).toContain('\\u202egnp.exe')
  })

  it('needs nothing else and runs nothing', () => {
    const page = profileReport({ profile: profileOf([column('a', ['1'])]), language: 'zh' })
    expect(page).not.toMatch(/https?:|<script|<link|@import|url\(/i)
    expect(page).toContain("default-src 'none'")
  })

  it.each(['en', 'zh'] as const)('says everything in both languages, %s first', (language) => {
    const page = profileReport({ profile: profileOf([column('a', ['1'])], [finding(['a'], ['x'], false)]), language })
    expect(page).toMatch(new RegExp(`id="choose-${language}" checked`))
    const count = (lang: string): number => page.split(`<span lang="${lang}">`).length
    expect(count('en')).toBe(count('zh'))
    expect(count('en')).toBeGreaterThan(15)
  })

  it('tells what was said while the rows were read, in both languages', () => {
    const warnings = ['column Title has values of several kinds (9 number, 3191 string) and is read as VARCHAR']
    const page = profileReport({ profile: { ...profileOf([column('a', ['1'])], []), warnings }, language: 'zh' })
    expect(page).toContain(`<span lang="en">${warnings[0]}</span>`)
    expect(page).toMatch(/<span lang="zh">[^<]*Title[^<]*多种/)
  })

  it('shows no value of a column that looks personal', () => {
    const secret = '11010519491231002X'
    const page = profileReport({
      profile: profileOf(
        [column('card', [secret]), column('town', ['Berlin'])],
        [finding(['card'], [secret], true), finding(['card', 'town'], [secret], false)],
      ),
      language: 'en',
    })
    expect(page).not.toContain(secret)
    expect(page).toContain('Berlin')
    expect(
      JSON.stringify(veiledProfile(profileOf([column('card', [secret])], [finding(['card'], [secret], true)]))),
    ).not.toContain(secret)
  })
})

it('html takes text as text and markup as markup', () => {
  expect(html`<p title="${'"'}">${'<'}${html`<b>${1}</b>`}${[html`<i></i>`]}</p>`.markup).toBe(
    '<p title="&#34;">&#60;<b>1</b><i></i></p>',
  )
})

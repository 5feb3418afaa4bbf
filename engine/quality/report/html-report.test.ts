import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../contract/check-result.ts'
import { htmlReport } from './html-report.ts'

const result: CheckResult = {
  rules: 'orders',
  dataset: 'erp:<script>alert(1)</script>',
  at: '2026-11-28T12:00:00.000Z',
  basis: 'source',
  rowCount: '1234567',
  score: 91.25,
  dimensions: { validity: 91.25 },
  elapsedMs: 12,
  results: [
    {
      name: 'amount.range',
      check: 'range',
      columns: ['amount'],
      dimension: 'validity',
      severity: 'error',
      status: 'violated',
      checked: '1234567',
      violations: '2',
      share: 0.0000016,
      rows: [{ key: { id: 7 }, value: '"><img src=x>' }],
    },
    {
      name: 'x',
      check: 'sql',
      columns: [],
      dimension: 'consistency',
      severity: 'warning',
      status: 'failed',
      checked: '0',
      violations: '0',
      share: 0,
      rows: [],
      failure: { code: 'rule.invalid', detail: { field: 'list', reason: 'there is no code list a&b' } },
    },
  ],
}
const mark = (score: number) => ({
  at: result.at,
  basis: 'source' as const,
  rowCount: '1',
  score,
  dimensions: {},
  results: [],
})

describe('the report', () => {
  it.each([
    ['en', 'Data check', 'could not be checked'],
    ['zh', '数据质量检查', '无法检查'],
  ] as const)('speaks %s', (language, title, failed) => {
    const html = htmlReport([{ result, history: [] }], language)
    for (const text of [title, failed, '1 234 567', '91.3', 'a&amp;b']) expect(html).toContain(text)
  })

  it('needs nothing from elsewhere and executes nothing that was in the data', () => {
    const html = htmlReport([{ result, history: [mark(90), mark(80)] }], 'en')
    expect(html).not.toMatch(/<script|<img|<link|https?:|@import|url\(/)
    expect(html).toContain('<polyline points="0.0,16.0 600.0,8.0" />')
  })
})

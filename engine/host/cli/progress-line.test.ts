import { expect, it } from 'vitest'
import type { RunEvent } from '../../contract/run.ts'
import { grouped, progressText } from './progress-line.ts'

const event = (parts: Partial<RunEvent>): RunEvent => ({ runId: 'r', sequence: 1, at: '', kind: 'progress', ...parts })

it.each<[string, Partial<RunEvent>, string]>([
  ['only a step', { step: 'open' }, 'open'],
  ['rows and rate', { step: 'load', rows: '1200000', rowsPerSecond: 310_000.4 }, 'load · 1,200,000 · 310,000/s'],
  [
    'a share',
    { step: 'load', fraction: 0.5, remainingMs: 4_100 },
    `load ${'█'.repeat(12)}${'░'.repeat(12)} 50 % · 5 s`,
  ],
  ['nearly done is not done', { fraction: 0.999 }, `${'█'.repeat(24)} 99 %`],
])('says %s', (_case, parts, text) => expect(progressText(event(parts))).toBe(text))

it.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['12345678901234567890', '12,345,678,901,234,567,890'],
])('groups %s', (digits, text) => expect(grouped(digits)).toBe(text))

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { logText, RUN_STATE_TITLES } from './log-text.ts'

it.each([
  ['a message of a node', { step: 'orders', message: '3 columns instead of 2' }, '[orders] 有 3 列，应为 2 列'],
  ['a state', { state: 'succeeded' } as const, '成功'],
  ['how rows move', { step: 'strategy', message: 'streamed' }, '数据行分批转换并暂存，同时继续读取。'],
  ['what another program said', { step: 'load', message: 'set' }, '[load] set'],
  [
    'a failure behind a message',
    {
      message: 'again',
      failure: { code: 'file.unknown_encoding', detail: { encoding: 'xx', known: [] } },
    } as const,
    'again — file.unknown_encoding: 不支持编码 xx。',
  ],
])('tells %s in Chinese', (_case, line, text) => {
  expect(logText(line, 'zh')).toBe(text)
})

it.each(['en', 'zh'] as const)('calls states in %s as the studio does', (language) => {
  const file = join(import.meta.dirname, `../../renderer/locales/${language}/ui.json`)
  const texts = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  const titles = Object.entries(RUN_STATE_TITLES).map(([state, title]) => [state, title[language]])
  expect(titles).toEqual(Object.keys(RUN_STATE_TITLES).map((state) => [state, texts[`state.${state}`]]))
})

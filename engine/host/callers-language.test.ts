import { expect, it } from 'vitest'
import { inCallersLanguage } from './callers-language.ts'
import type { HostContext } from './router/context.ts'

const context: HostContext = { workspaceDirectory: undefined, language: 'en', variables: {} }

it.each([
  ['none', undefined, 'en'],
  ['any', '*', 'en'],
  ['Chinese', 'zh', 'zh'],
  ['a browser set to Chinese', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['a browser set to German first', 'de-DE,de;q=0.9,zh-TW;q=0.8', 'zh'],
  ['several lines', ['fr', 'en-GB'], 'en'],
])('a call that asks for %s', async (_case, header, language) => {
  const told = await inCallersLanguage({
    request: { headers: { 'accept-language': header } },
    context,
    next: async (options?: { readonly context: HostContext }) => (options?.context ?? context).language,
  })
  expect(told).toBe(language)
})

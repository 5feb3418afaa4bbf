import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toldIn } from '../told.ts'

const tests: readonly [string, z.ZodType, unknown, string][] = [
  ['another type', z.string(), 5, '应为文本，实际为数字'],
  ['nothing', z.string(), undefined, '应为文本，实际为未填写'],
  ['a group', z.object({}), 'x', '应为一组设置，实际为文本'],
  ['a fixed value', z.literal('csv'), 'x', '应为 "csv"'],
  ['a choice', z.enum(['a', 'b']), 'c', '应为以下之一："a"|"b"'],
  ['a long text', z.string().max(2), 'abc', '过长：文本应有 <=2 个字符'],
  ['a short list', z.array(z.string()).min(2), [], '过短：列表应有 >=2 项'],
  ['a big number', z.number().max(2), 3, '过大：数字应为 <=2'],
  ['a small number', z.number().positive(), 0, '过小：数字应为 >0'],
  ['a fraction', z.int(), 0.5, '应为整数，实际为数字'],
  ['a step', z.number().multipleOf(5), 3, '应为 5 的倍数'],
  ['a beginning', z.string().startsWith('$'), 'x', '应以 "$" 开头'],
  ['an end', z.string().endsWith('$'), 'x', '应以 "$" 结尾'],
  ['a part', z.string().includes('$'), 'x', '应包含 "$"'],
  ['a pattern', z.string().regex(/^a+$/), 'x', '应符合模式 /^a+$/'],
  ['an address', z.email(), 'x', '格式不正确：应为电子邮件地址'],
  ['a link', z.url(), 'x', '格式不正确：应为URL'],
  ['a key', z.strictObject({}), { ä: 1 }, '没有这项设置："ä"'],
  ['keys', z.strictObject({}), { a: 1, b: 2 }, '没有这些设置："a", "b"'],
  ['a key of a map', z.record(z.string().min(2), z.string()), { a: 'x' }, '一组名称与值中有不允许的键'],
  ['a union', z.union([z.string(), z.number()]), true, '不符合要求'],
]

describe('what zod says', () => {
  it.each(tests)('of %s is told in Chinese', (_case, schema, value, told) => {
    const [issue] = schema.safeParse(value).error?.issues ?? []
    expect(toldIn(issue?.message ?? '', 'zh')).toBe(told)
  })

  it('is told of several places at once', () => {
    const { error } = z.object({ a: z.string(), b: z.int() }).safeParse({ a: 1, b: 'x' })
    const text = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    expect(toldIn(text ?? '', 'zh')).toBe('a：应为文本，实际为数字；b：应为数字，实际为文本')
  })
})

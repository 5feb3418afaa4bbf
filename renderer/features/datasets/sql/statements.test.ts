import { describe, expect, it } from 'vitest'
import { statementAt, statementsOf } from './statements.ts'

describe('the statements of a text', () => {
  it.each([
    ['one', 'SELECT 1', ['SELECT 1']],
    ['two and what stands around them', ' SELECT 1 ;\n\nSELECT 2;\n', ['SELECT 1', 'SELECT 2']],
    ['none', ' ;; -- nothing\n/* at all; */', []],
    ['quotes', `SELECT ';''', ";""" ; SELECT 2`, [`SELECT ';''', ";"""`, 'SELECT 2']],
    ['comments', 'SELECT 1 -- ; no\n, 2 /* ; */; SELECT 3', ['SELECT 1 -- ; no\n, 2 /* ; */', 'SELECT 3']],
    ['dollar quotes', 'SELECT $a$;$$;$a$; SELECT $$;$$', ['SELECT $a$;$$;$a$', 'SELECT $$;$$']],
    ['a quote that does not end', "SELECT 'a; b", ["SELECT 'a; b"]],
    ['a comment before', '-- first\nSELECT 1', ['-- first\nSELECT 1']],
  ])('%s', (_case, text, sqls) => {
    const statements = statementsOf(text)
    expect(statements.map(({ sql }) => sql)).toEqual(sqls)
    for (const { sql, start, end } of statements) expect(text.slice(start, end)).toBe(sql)
  })
})

describe('the statement at a place', () => {
  it.each([
    ['in the first', 'SELECT 1; SELECT 2', 3, 'SELECT 1', 0],
    ['in the second', 'SELECT 1; SELECT 2', 12, 'SELECT 2', 10],
    ['after a blank at its end', 'SELECT 1; SELECT ', 17, 'SELECT ', 10],
    ['after a semicolon', 'SELECT 1; ', 10, ' ', 9],
    ['of an empty text', '', 0, '', 0],
  ])('%s', (_case, text, offset, sql, start) => {
    expect(statementAt(text, offset)).toMatchObject({ sql, start })
  })
})

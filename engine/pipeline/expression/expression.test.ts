import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duckDialect } from '../../sql/dialects.ts'
import { literal, printSql, sql } from '../../sql/sql.ts'
import { checkExpression, referencedColumns } from './expression.ts'
import { checkQuery } from './query.ts'
import { TokenError, type Tokens, tokenise } from './tokenise.ts'
import { typeText } from './type-text.ts'

const parameters = new Map([['since', sql`CAST(${literal('2026-01-01')} AS DATE)`]])

describe('an expression', () => {
  it.each([
    ['amount > 0 -- all\nAND true', 'amount > 0       \nAND true'],
    ['a /* b /* nested */ */ + 1', `a${' '.repeat(22)}+ 1`],
    ["x = ';--' AND y = '/*'", "x = ';--' AND y = '/*'"],
    ['at >= $since', "at >= CAST('2026-01-01' AS DATE)"],
    ['"a;""b" = 1', '"a;""b" = 1'],
    ["$$a;b$$ || $x$c'$$;$x$", "$$a;b$$ || $x$c'$$;$x$"],
    ['x\u3000=\u00a01', 'x = 1'],
    ["e'it\\'s;' = y", "e'it\\'s;' = y"],
    ["'a\\' || ' -- '", "'a\\' || ' -- '"],
    ['count(*)', 'count(*)'],
    ['a * b ** 2', 'a * b ** 2'],
    ['extract(year FROM d)', 'extract(year FROM d)'],
    ['x IS DISTINCT FROM y', 'x IS DISTINCT FROM y'],
    ['list_filter(l, lambda v: v > 1)', 'list_filter(l, lambda v: v > 1)'],
    ["s.a.b || l[1:2]::VARCHAR || {'k': 1}.k", "s.a.b || l[1:2]::VARCHAR || {'k': 1}.k"],
  ])('passes: %s', (text, printed) => {
    const checked = checkExpression(text, parameters)
    expect(Array.isArray(checked) ? checked : printSql(checked.sql, duckDialect)).toBe(printed)
  })

  it.each([
    ['', 'node.expression_invalid', 0],
    ['1; DROP TABLE t', 'node.expression_invalid', 1],
    ['1) OR (1 = 1', 'node.expression_invalid', 1],
    ['(1', 'node.expression_invalid', 0],
    ['(1]', 'node.expression_invalid', 2],
    ["'open", 'node.expression_invalid', 0],
    ['"open', 'node.expression_invalid', 0],
    ['a /* open', 'node.expression_invalid', 2],
    ['a /* /* */', 'node.expression_invalid', 2],
    ['$tag$ open', 'node.expression_invalid', 0],
    ['a, b', 'node.expression_invalid', 1],
    ['a AS b', 'node.expression_invalid', 2],
    ['a UNION SELECT 1', 'node.expression_invalid', 2],
    ['(SELECT 1)', 'node.expression_invalid', 1],
    ['(FROM t)', 'node.expression_invalid', 1],
    ['(VALUES (1))', 'node.expression_invalid', 1],
    ['(TABLE t)', 'node.expression_invalid', 1],
    ['(SHOW ALL TABLES)', 'node.expression_invalid', 1],
    ['ARRAY(SELECT 1)', 'node.expression_invalid', 6],
    ['*', 'node.expression_invalid', 0],
    ['max(*)', 'node.expression_invalid', 4],
    ['t.*', 'node.expression_invalid', 2],
    ['COLUMNS(*)', 'node.expression_invalid', 0],
    ['?', 'node.expression_invalid', 0],
    ['$1', 'node.expression_invalid', 0],
    ['#1', 'node.expression_invalid', 0],
    ['a \\ b', 'node.expression_invalid', 2],
    ['`a`', 'node.expression_invalid', 0],
    ["'a\0b'", 'node.expression_invalid', 0],
    ['x > $sinse', 'node.unknown_parameter', 4],
    ["read_text('/etc/passwd')", 'node.forbidden', 0],
    ["READ_CSV ('x')", 'node.forbidden', 0],
    ['"read_blob"(\'x\')', 'node.forbidden', 0],
    ["main.read_text('x')", 'node.forbidden', 5],
    ["'x'.read_text()", 'node.forbidden', 4],
    ['system.main."getenv"(\'HOME\')', 'node.forbidden', 12],
    ["read_text/**/('x')", 'node.forbidden', 0],
    ["1 + parquet_scan('x')", 'node.forbidden', 4],
    ["current_setting('x')", 'node.forbidden', 0],
    ["query('SELECT 1')", 'node.forbidden', 0],
    ['duckdb_secrets()', 'node.forbidden', 0],
  ])('is refused: %s', (text, code, position) => {
    expect(checkExpression(text, parameters)).toMatchObject([{ code, position }])
  })

  it('names the columns it reads', () => {
    const columns = [{ name: 'Amount' }, { name: 'a b' }, { name: '金额' }, { name: 's' }, { name: 'date' }]
    const { tokens } = tokenise('amount + "A B" + 金额 + s.date + \'date\' + date(x)::date + t.amount')
    expect(referencedColumns(tokens, columns)).toEqual(['Amount', 'a b', '金额', 's'])
  })

  it('keeps every position and the length of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const result = tokensOf(text)
        if (result === undefined) return
        expect(result.plain).toHaveLength(text.length)
        for (const token of result.tokens) {
          expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a query', () => {
  it.each([
    'SELECT * FROM orders',
    'FROM orders SELECT id',
    'WITH x AS (SELECT 1), y(a) AS MATERIALIZED (FROM x) SELECT * FROM x, y JOIN orders o USING (id), "checked.rejects"',
    'SELECT (SELECT max(x) FROM orders) FROM range(10) t(i), unnest([1, 2]) u',
    'SELECT extract(year FROM d), trim(BOTH FROM n), a IS NOT DISTINCT FROM b FROM orders',
    'SELECT * FROM (VALUES (1, 2), (3, 4)) v(a, b)',
    'SELECT * FROM (orders CROSS JOIN orders)',
    'VALUES (1), (2)',
    '(SELECT 1) UNION ALL (FROM orders)',
    'SELECT a, b FROM orders ORDER BY a, b LIMIT 3',
  ])('passes: %s', (text) => {
    expect(checkQuery(text, parameters, ['orders', 'checked.rejects'])).not.toBeInstanceOf(Array)
  })

  it.each([
    ["SELECT * FROM 'x.csv'", 'node.forbidden'],
    ['SELECT * FROM "x.csv"', 'node.unknown_input'],
    ['SELECT * FROM x.csv', 'node.unknown_input'],
    ["FROM orders, 'x.parquet'", 'node.forbidden'],
    ["SELECT * FROM orders JOIN orders o USING (id), 'x.parquet'", 'node.forbidden'],
    ["SELECT * FROM orders JOIN 'x.parquet' ON true", 'node.forbidden'],
    ["SELECT * FROM (('x.csv'))", 'node.forbidden'],
    ["SELECT (FROM 'x.csv')", 'node.forbidden'],
    ["SELECT * FROM read_csv('x')", 'node.forbidden'],
    ['SELECT * FROM "read_csv"(\'x\')', 'node.forbidden'],
    ["SELECT * FROM glob('*')", 'node.forbidden'],
    ['SELECT * FROM repeat_row(1)', 'node.forbidden'],
    ['SELECT * FROM some_macro(1)', 'node.forbidden'],
    ['SELECT * FROM other', 'node.unknown_input'],
    ['SELECT * FROM information_schema.tables', 'node.unknown_input'],
    ['SELECT 1; SELECT 2', 'node.expression_invalid'],
    ['SELECT 1) x; DROP TABLE y; SELECT (1', 'node.expression_invalid'],
    ["COPY orders TO 'x'", 'node.expression_invalid'],
    ["ATTACH 'x'", 'node.expression_invalid'],
    ['WITH x AS (DELETE FROM orders) SELECT 1', 'node.expression_invalid'],
    ['SELECT * FROM (SHOW ALL TABLES)', 'node.expression_invalid'],
    ['', 'node.expression_invalid'],
  ])('is refused: %s', (text, code) => {
    const problems = checkQuery(text, parameters, ['orders'])
    expect(Array.isArray(problems) ? problems.map((problem) => problem.code) : problems).toContain(code)
  })
})

describe('a type', () => {
  it.each([
    'INTEGER',
    'DECIMAL(18, 2)',
    'STRUCT(a INTEGER, "b c" VARCHAR[])',
    "ENUM('a', 'b')",
    'MAP(VARCHAR, INTEGER[3])',
    'TIMESTAMP WITH TIME ZONE',
  ])('passes: %s', (text) => {
    expect(printSql(typeText(text), duckDialect)).toBe(text)
  })
  it.each(['', '1', 'INTEGER, 1', 'INTEGER) AS x, (1', 'INT; DROP', 'STRUCT(a (SELECT 1))', 'INTEGER -', '$x', 'A::B'])(
    'is refused: %s',
    (text) => {
      expect(() => typeText(text)).toThrow(TokenError)
    },
  )
})

/** The tokens, or undefined for a text that is refused; any other error is a defect. */
function tokensOf(text: string): Tokens | undefined {
  try {
    return tokenise(text)
  } catch (error) {
    if (error instanceof TokenError) return undefined
    throw error
  }
}

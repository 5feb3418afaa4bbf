import { expect, it } from 'vitest'
import { rangeOfProblem, type TextProblem } from './text-problem.ts'

const text = 'SELECT a\nFROM t\n'
const wrong = { message: 'wrong', severity: 'error' } as const

it.each<[string, TextProblem, number[]]>([
  ['offsets in one line', { ...wrong, start: 7, end: 8 }, [1, 8, 1, 9]],
  ['offsets over two lines', { ...wrong, start: 7, end: 13 }, [1, 8, 2, 5]],
  ['lines and columns', { ...wrong, line: 2, column: 6, endLine: 2, endColumn: 7 }, [2, 6, 2, 7]],
  ['no length', { ...wrong, start: 9, end: 9 }, [2, 1, 2, 2]],
  ['no length at the end of a line', { ...wrong, start: 8, end: 8 }, [1, 8, 1, 9]],
  ['beyond the end', { ...wrong, start: 90, end: 95 }, [2, 7, 3, 1]],
  ['a line that is not there', { ...wrong, line: 9, column: 1, endLine: 9, endColumn: 4 }, [2, 7, 3, 1]],
])('draws a problem at %s', (_case, problem, [startLineNumber, startColumn, endLineNumber, endColumn]) => {
  expect(rangeOfProblem(text, problem)).toEqual({ startLineNumber, startColumn, endLineNumber, endColumn })
})

it('draws a problem of an empty text', () => {
  expect(rangeOfProblem('', { ...wrong, start: 0, end: 0 })).toMatchObject({ startLineNumber: 1, startColumn: 1 })
})

import { describe, expect, it } from 'vitest'
import { codeListFileSchema } from '../../contract/code-list-file.ts'
import { standardFileSchema } from '../../contract/standard-file.ts'
import { checkColumns } from './check-columns.ts'
import { type KnownColumn, linkTerm } from './link-term.ts'
import { lengthOfType, plainType } from './type-of-term.ts'
import { otherUnit } from './units.ts'

// GB/T 2261.1-2003; ISO 4217:2015 (some)
const SEX = codeListFileSchema.parse({ version: 1, codes: ['0', '1', '2', '9'].map((code) => ({ code })) })
const CURRENCY = codeListFileSchema.parse({
  version: 1,
  codes: [...['CNY', 'EUR', 'USD', 'JPY'].map((code) => ({ code })), { code: 'HRK', until: '2023' }],
})
const codeLists = new Map([
  ['sex', SEX],
  ['currency', CURRENCY],
])
const FILE = standardFileSchema.parse({
  version: 1,
  naming: { case: 'snake', abbreviations: { number: 'no', customer: 'cust' } },
  terms: [
    { name: 'cust_name', zh: '客户名称', en: 'customer name', aliases: ['client'], type: 'VARCHAR', length: 50 },
    { name: 'sex_code', zh: '性别', en: 'sex', codes: 'sex', type: 'VARCHAR' },
    { name: 'currency', zh: '币种', codes: 'currency' },
    { name: 'weight', zh: '重量', unit: 'kg', type: 'decimal(18, 3)' },
    { name: 'order_no', zh: '订单号', en: 'order number' },
  ],
})
const scope = { terms: FILE.terms, abbreviations: FILE.naming?.abbreviations ?? {}, codeLists }

function column(name: string, more: Partial<KnownColumn> = {}): KnownColumn {
  return { name, type: 'VARCHAR', values: [], ...more }
}

function values(...texts: string[]): KnownColumn['values'] {
  return texts.map((value) => ({ value, rows: 2n }))
}

describe('a column is taken for a term', () => {
  it.each<[string, KnownColumn, string | undefined, number]>([
    ['by its name', column('cust_name'), 'cust_name', 1],
    ['by its words', column('CustName'), 'cust_name', 0.95],
    ['by words that are shortened', column('customer_name'), 'cust_name', 0.95],
    ['by another name', column('Client'), 'cust_name', 0.95],
    ['by its Chinese name', column('客户名称'), 'cust_name', 0.95],
    ['by its English name', column('OrderNumber'), 'order_no', 0.95],
    ['by the pinyin of it', column('kehumingcheng'), 'cust_name', 0.85],
    ['by pinyin in parts', column('ke_hu_ming_cheng'), 'cust_name', 0.85],
    ['by initials', column('KHMC'), 'cust_name', 0.6],
    ['by its comment', column('c01', { comment: '性别（1男 2女）' }), 'sex_code', 0.8],
    ['by values', column('c02', { values: values('CNY', 'EUR', 'USD') }), 'currency', 0.6],
    [
      'by comment and values',
      column('c03', { comment: '币种', values: values('CNY', 'EUR', 'USD') }),
      'currency',
      0.92,
    ],
    ['not by two initials', column('xb'), undefined, 0],
    ['not by two values', column('flag', { values: values('0', '1') }), undefined, 0],
    ['not by anything', column('remark', { comment: '备注', values: values('a', 'b', 'c') }), undefined, 0],
  ])('%s', (_title, known, term, confidence) => {
    const link = linkTerm(known, scope)
    expect([link?.term.name, link?.confidence ?? 0]).toEqual([term, confidence])
  })
})

function check(...columns: KnownColumn[]) {
  const place = { dataset: 'erp:t' }
  return checkColumns({ place, columns, standard: 'house', file: FILE, codeLists })
}

describe('columns depart from a standard', () => {
  it.each<[string, KnownColumn, unknown[]]>([
    ['nowhere', column('order_no'), []],
    [
      'in their name',
      column('OrderNumber'),
      [['term_name', 'OrderNumber', 'order_no', { kind: 'rename', to: 'order_no' }]],
    ],
    [
      'in the rules of names, without a term',
      column('Remark'),
      [['case', 'Remark', 'snake', { kind: 'rename', to: 'remark' }]],
    ],
    [
      'in their type',
      column('weight', { type: 'DOUBLE' }),
      [['type', 'DOUBLE', 'DECIMAL(18,3)', { kind: 'cast', type: 'DECIMAL(18,3)' }]],
    ],
    [
      'in their length',
      column('cust_name', { sourceType: 'character varying(200)' }),
      [['length', '200', '50', undefined]],
    ],
    [
      'in their unit',
      column('weight', { type: 'DECIMAL(18,3)', comment: '重量（克）' }),
      [['unit', '克', 'kg', undefined]],
    ],
    ['in their codes', column('sex_code', { values: values('1', '2', 'M') }), [['code', 'M', 'sex', undefined]]],
    [
      'in codes that ended',
      column('currency', { values: values('EUR', 'HRK') }),
      [['code', 'HRK', 'currency', undefined]],
    ],
  ])('%s', (_title, known, expected) => {
    expect(check(known).map(({ kind, found, wanted, fix }) => [kind, found, wanted, fix])).toEqual(expected)
  })

  it('counts the rows that have such values', () => {
    expect(check(column('sex_code', { values: values('M', 'F', '1') }))[0]).toMatchObject({ count: '4', found: 'M, F' })
  })

  it('offers no name that is taken, and a term to one column only', () => {
    const found = check(column('reMark'), column('re_mark'), column('client'), column('khmc'))
    expect(found.map(({ column: name, kind, fix }) => [name, kind, fix === undefined])).toEqual([
      ['reMark', 'case', true],
      ['client', 'term_name', false],
    ])
  })
})

it.each([
  ['int', 'INTEGER'],
  ['varchar(20)', 'VARCHAR'],
  ['numeric( 18 , 2 )', 'DECIMAL(18,2)'],
  ['decimal', 'DECIMAL(18,3)'],
  ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP WITH TIME ZONE'],
  ['STRUCT(a INTEGER)', 'STRUCT(A INTEGER)'],
])('the type %s is %s', (type, plain) => {
  expect(plainType(type)).toBe(plain)
})

it.each([
  ['varchar(20)', 20],
  ['NVARCHAR2(40 CHAR)', 40],
  ['character varying(50)', 50],
  ['text', undefined],
  ['decimal(18,2)', undefined],
])('%s takes %s characters', (type, length) => {
  expect(lengthOfType(type)).toBe(length)
})

it.each([
  [['weight', 'g'], undefined, 'kg', 'g'],
  [['weight', 'kg'], undefined, '公斤', undefined],
  [['g'], undefined, 'kg', undefined],
  [['weight'], '重量，单位：吨', 'kg', '吨'],
  [['price'], '单价(万元)', '元', '万元'],
  [['length', 'km'], undefined, 'kg', undefined],
  [['weight'], '毛重（不含包装）', 'kg', undefined],
])('the unit of %j (%s), wanted %s, is %s', (name, comment, wanted, unit) => {
  expect(otherUnit(name, comment, wanted)).toBe(unit)
})

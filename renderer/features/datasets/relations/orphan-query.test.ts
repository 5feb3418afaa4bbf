import { expect, it } from 'vitest'
import { orphanQuery } from './orphan-query.ts'

it('asks for rows without a partner, whatever the names are', () => {
  const from = { dataset: 'erp:public."odd:one"', column: 'a"b' }
  expect(orphanQuery({ from, to: { dataset: 'files:towns.csv', column: 'name' } })).toBe(
    `SELECT * FROM "erp"."public.""odd:one""" AS f
WHERE f."a""b" IS NOT NULL
  AND NOT EXISTS (FROM "files"."towns.csv" AS t WHERE CAST(t."name" AS VARCHAR) = CAST(f."a""b" AS VARCHAR))`,
  )
})

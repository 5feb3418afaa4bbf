import { afterAll, expect } from 'vitest'
import { closeMatcherDatabase, toBeDuckSql } from './duck-sql-matcher.ts'

expect.extend({ toBeDuckSql })
afterAll(closeMatcherDatabase)

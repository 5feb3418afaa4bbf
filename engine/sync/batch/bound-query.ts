import { Failure } from '../../contract/failure.ts'

/** Digits, signs and the words of dates and times: nothing that ends a text in any SQL. */
const SAFE = /^[\w :+.-]*$/

/**
 * A query with the range in place of `$since` and `$until`, as texts.
 * @throws Failure `sync.query_unbound` for a place without a value
 */
export function boundQuery(
  query: string,
  values: { readonly since?: string | undefined; readonly until?: string | undefined },
): string {
  return query.replace(/\$(since|until)\b/g, (place, name: 'since' | 'until') => {
    const value = values[name]
    if (value === undefined || !SAFE.test(value)) throw new Failure('sync.query_unbound', { place })
    return `'${value}'`
  })
}

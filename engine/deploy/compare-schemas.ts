import type { Finding } from '../contract/api/server.ts'
import type { Column } from '../contract/column.ts'
import { finding } from './findings.ts'

/** Each holds every value of those before it, in its row. */
const WIDENING = [
  ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'],
  ['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'],
  ['FLOAT', 'DOUBLE'],
]

/**
 * How the columns of a dataset differ from those the bundle was made for. A missing column or another type is an error, a column
 * more or the other type holding all values of the old one a warning; the order does not matter.
 */
export function compareSchemas(dataset: string, cached: readonly Column[], actual: readonly Column[]): Finding[] {
  const known = visible(cached)
  const found = visible(actual)
  const changed = [...known].flatMap(([name, type]): Finding[] => {
    const now = found.get(name)
    const subject = `${dataset}.${name}`
    if (now === undefined) {
      const en = `Column ${name} of ${dataset} is not there (it was ${type} when the job was pushed).`
      return [finding('error', subject, { en, zh: `${dataset} 中没有列 ${name}（推送作业时其类型为 ${type}）。` })]
    }
    if (now === type) return []
    const en = `Column ${name} of ${dataset} is ${now} here; the job was made for ${type}.`
    const zh = `${dataset} 的列 ${name} 在此处的类型为 ${now}；作业是针对 ${type} 编写的。`
    return [finding(isWider(type, now) ? 'warning' : 'error', subject, { en, zh })]
  })
  const added = [...found].filter(([name]) => !known.has(name))
  return [
    ...changed,
    ...added.map(([name, type]) =>
      finding('warning', `${dataset}.${name}`, {
        en: `${dataset} has a column the job does not know: ${name} (${type}).`,
        zh: `${dataset} 中有作业不知道的列：${name}（${type}）。`,
      }),
    ),
  ]
}

function visible(columns: readonly Column[]): Map<string, string> {
  return new Map(columns.filter(({ hidden }) => hidden !== true).map(({ name, type }) => [name, type]))
}

function isWider(before: string, now: string): boolean {
  return WIDENING.some((types) => types.includes(before) && types.indexOf(now) > types.indexOf(before))
}

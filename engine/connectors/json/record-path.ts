import { Failure } from '../../contract/failure.ts'

/**
 * Keys of a path to the records: `$`, `$.data.items`, `$["odd key"].items`, with `[*]` at the end or not.
 * @throws Failure `usage.invalid`
 */
export function parseRecordPath(path: string): string[] {
  const steps: string[] = []
  const body = path.replace(/\[\*\]$/, '')
  const pattern = /\.([^.[\]"]+)|\[("(?:[^"\\]|\\.)*")\]/y
  pattern.lastIndex = 1
  while (pattern.lastIndex < body.length) {
    const match = pattern.exec(body)
    const step: unknown = match?.[1] ?? (match?.[2] === undefined ? undefined : JSON.parse(match[2]))
    if (typeof step !== 'string') {
      throw new Failure('usage.invalid', { reason: `${path} is not a path to records like $.data.items or $["a key"]` })
    }
    steps.push(step)
  }
  return steps
}

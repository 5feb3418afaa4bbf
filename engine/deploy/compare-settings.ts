import { isDeepStrictEqual } from 'node:util'
import { parseDocument } from 'yaml'
import type { SettingChange } from '../contract/api/servers.ts'

const MOST_CHANGES = 500
const LONGEST_VALUE = 300
/** What names an item of a list; without any of these it is known by its place. */
const NAMES = ['name', 'to', 'pipeline', 'column', 'id'] as const

/**
 * What differs between two YAML files as settings: nodes, steps and options that came, went or have another value, in the order
 * in which they stand. Nothing for texts that are no YAML maps, and for what only reads differently.
 */
export function compareSettings(before: string, after: string): SettingChange[] {
  const [old, now] = [parsed(before), parsed(after)]
  if (!isMap(old) || !isMap(now)) return []
  return [...differences([], old, now)].slice(0, MOST_CHANGES)
}

function* differences(path: readonly string[], before: unknown, after: unknown): Generator<SettingChange> {
  if (isDeepStrictEqual(before, after)) return
  if (before === undefined) yield { change: 'added', path: [...path], after: valueText(after) }
  else if (after === undefined) yield { change: 'removed', path: [...path], before: valueText(before) }
  else if (isMap(before) && isMap(after)) yield* insideMaps(path, before, after)
  else if (Array.isArray(before) && Array.isArray(after)) yield* insideLists(path, before, after)
  else yield { change: 'changed', path: [...path], before: valueText(before), after: valueText(after) }
}

type Values = Readonly<Record<string, unknown>>

function* insideMaps(path: readonly string[], before: Values, after: Values): Generator<SettingChange> {
  for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
    yield* differences([...path, key], before[key], after[key])
  }
}

/** Items by their names where all have different ones; else by their places. */
function* insideLists(
  path: readonly string[],
  before: readonly unknown[],
  after: readonly unknown[],
): Generator<SettingChange> {
  const [old, now] = [named(before), named(after)]
  if (old !== undefined && now !== undefined) {
    yield* insideMaps(path, old, now)
    const kept = Object.keys(old).filter((name) => name in now)
    const order = Object.keys(now).filter((name) => name in old)
    if (!isDeepStrictEqual(kept, order)) {
      yield { change: 'changed', path: [...path], before: kept.join(', '), after: order.join(', ') }
    }
    return
  }
  yield* insideMaps(path, placed(before), placed(after))
}

function placed(items: readonly unknown[]): Values {
  return Object.fromEntries(items.map((item, index) => [String(index + 1), item]))
}

function named(items: readonly unknown[]): Values | undefined {
  const names = items.map(nameOf)
  if (names.some((name) => name === undefined) || new Set(names).size !== names.length) return undefined
  return Object.fromEntries(items.map((item, index) => [names[index] ?? '', item]))
}

function nameOf(item: unknown): string | undefined {
  if (!isMap(item)) return undefined
  const key = NAMES.find((name) => typeof item[name] === 'string')
  // A name of digits would be moved to the front of an object's keys.
  return key === undefined || /^\d+$/.test(String(item[key])) ? undefined : String(item[key])
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

function parsed(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
  return document.errors.length > 0 ? undefined : document.toJS()
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

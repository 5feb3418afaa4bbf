import { z } from 'zod'
import type { Cell } from '../../../../engine/contract/page.ts'

/** How a dataset is read where a person said it: options of its connection's kind by name. */
export type SourceOptions = Readonly<Record<string, Cell>>

const optionsSchema = z.record(z.string(), z.json())
const STORED = 'runnel.options.'

/** What a person chose for this dataset before, in this browser. */
export function optionsStored(from: object): SourceOptions {
  const stored = localStorage.getItem(STORED + JSON.stringify(from))
  try {
    return stored === null ? {} : optionsSchema.parse(JSON.parse(stored))
  } catch {
    return {}
  }
}

export function storeOptions(from: object, options: SourceOptions): void {
  const key = STORED + JSON.stringify(from)
  if (Object.keys(options).length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(options))
}

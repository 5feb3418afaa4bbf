import { z } from 'zod'
import { limitsSchema } from '../../../../engine/contract/job-file.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'

const wishSchema = z.object({
  /** As they were typed; an empty one takes the declared default. */
  parameters: z.record(z.string(), z.string()),
  environment: z.string().optional(),
  limits: limitsSchema,
})
/** How a person wants a pipeline to run. */
export type RunWish = z.infer<typeof wishSchema>

const storedSchema = z.object({ wish: wishSchema, targets: z.array(z.string()) })

export const NO_WISH: RunWish = { parameters: {}, limits: {} }

type Declared = NonNullable<PipelineFile['parameters']>

/** What a run writes to, and how: another text when any of it changes, also the environment that says where the systems are. */
export function targetsOf({ nodes }: PipelineFile, environment: string | undefined): string[] {
  const targets = Object.values(nodes).filter(({ type }) => type === 'target')
  return targets.map(({ dataset, mode, keys }) => JSON.stringify([environment ?? '', dataset, mode, keys])).toSorted()
}

export interface KnownRun {
  readonly wish: RunWish
  /** Of the last run that a person agreed to. */
  readonly targets: readonly string[]
}

const keyOf = (workspace: string, pipeline: string): string => `runnel.run.${JSON.stringify([workspace, pipeline])}`

/** The last run of a pipeline that was agreed to on this machine; undefined when there was none. */
export function knownRun(storage: Pick<Storage, 'getItem'>, workspace: string, pipeline: string): KnownRun | undefined {
  try {
    return storedSchema.safeParse(JSON.parse(storage.getItem(keyOf(workspace, pipeline)) ?? 'null')).data
  } catch {
    return undefined
  }
}

export function rememberRun(
  storage: Pick<Storage, 'setItem'>,
  { workspace, pipeline }: { readonly workspace: string; readonly pipeline: string },
  run: KnownRun,
): void {
  storage.setItem(keyOf(workspace, pipeline), JSON.stringify(run))
}

/** Whether a run must be agreed to: it writes where none wrote before, or it lacks a value. */
export function mustAsk(document: PipelineFile, known: KnownRun | undefined): boolean {
  if (known === undefined) return true
  const agreed = new Set(known.targets)
  const isElsewhere = targetsOf(document, known.wish.environment).some((target) => !agreed.has(target))
  return isElsewhere || problemsOf(document.parameters ?? {}, known.wish.parameters).size > 0
}

/** What is wrong with the values, by parameter. */
export function problemsOf(
  declared: Declared,
  typed: Readonly<Record<string, string>>,
): Map<string, 'missing' | 'number' | 'date'> {
  const problems = new Map<string, 'missing' | 'number' | 'date'>()
  for (const [name, { type, default: fallback }] of Object.entries(declared)) {
    const value = (typed[name] ?? '').trim()
    const shape = shapeOf(type)
    if (value === '') {
      if (fallback === undefined) problems.set(name, 'missing')
    } else if ((shape === 'integer' && !INTEGER.test(value)) || (shape === 'number' && !NUMBER.test(value))) {
      problems.set(name, 'number')
    } else if (shape === 'date' && Number.isNaN(Date.parse(`${value}T00:00:00Z`))) {
      problems.set(name, 'date')
    }
  }
  return problems
}

const INTEGER = /^[+-]?\d+$/
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The kind of field that a type is typed into. */
export function shapeOf(type: string): 'boolean' | 'integer' | 'number' | 'date' | 'text' {
  const name = type.trim().toUpperCase()
  if (name === 'BOOLEAN' || name === 'BOOL') return 'boolean'
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|INT\d|LONG|SHORT)$/.test(name)) return 'integer'
  if (/^(DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL)\b/.test(name)) return 'number'
  return name === 'DATE' ? 'date' : 'text'
}

/** The values a run is given: what was typed for parameters that are declared. Text stays text: the engine knows the type. */
export function valuesOf(declared: Declared, typed: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.keys(declared).map((name): [string, string] => [name, (typed[name] ?? '').trim()])
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

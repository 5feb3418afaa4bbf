import type { CheckMark, CheckResult } from '../../../contract/check-result.ts'
import { Failure } from '../../../contract/failure.ts'
import { datasetsOfRules, type RulesFile } from '../../../contract/rule.ts'
import { findColumn } from '../../../pipeline/names.ts'
import { checkRules } from '../../../quality/check-rules.ts'
import { columnsOfRules } from '../../../quality/columns-of-rules.ts'
import { type BrokenRule, refusedRows } from '../../../quality/refused-rows.ts'
import { DATA } from '../../../quality/rule-measure.ts'
import { keepRejects, openQuarantine, quarantine } from '../../../run/quarantine.ts'
import type { HostContext } from '../context.ts'
import { openWorkspace } from '../open-workspace.ts'
import { loadCodeLists } from './code-lists.ts'
import { type DataRelation, type DataRequest, openData } from './open-data.ts'

export interface FileCheck extends DataRequest {
  readonly name: string
  readonly file: RulesFile
  readonly history: readonly CheckMark[]
  /** A folder for the rows that break a rule of severity error, as runs keep their rejects. Without it they stay where they are. */
  readonly refusedTo?: string
}

/** Reads what the rules of a file look at and checks them. */
export async function checkFile(
  context: HostContext,
  request: FileCheck,
  signal: AbortSignal | undefined,
): Promise<CheckResult> {
  const { name, file, history, refusedTo } = request
  await using stack = new AsyncDisposableStack()
  const datasets = datasetsOfRules(file)
  const data = await openData(context, { ...request, datasets }, { stack, signal })
  const own = await data.add(file.dataset, DATA, (columns, key) =>
    refusedTo === undefined
      ? columnsOfRules(file.rules, columns, file.key ?? key)
      : columns.map((column) => column.name),
  )
  const references = new Map<string, DataRelation>()
  for (const [i, dataset] of datasets.entries()) {
    if (dataset === file.dataset) continue
    // Rules that need it say that it is missing; the others are checked.
    const added = await data
      .add(dataset, `reference_${i}`, (columns) => columns.map((column) => column.name))
      .catch((error: unknown) => {
        if (error instanceof Failure && error.code !== 'work.cancelled') return undefined
        throw error
      })
    if (added !== undefined) references.set(dataset, added)
  }
  const lists = await loadCodeLists(data.duck, file.rules, (await openWorkspace(context)).codeLists)
  const key = keyOf(file, own)
  const broken: BrokenRule[] = []
  const result = await checkRules({
    name,
    file,
    duck: data.duck,
    scope: {
      columns: own.columns,
      reference: (dataset) => (dataset === file.dataset ? own : references.get(dataset)),
      codeList: (list) => lists.get(list),
    },
    key,
    history,
    now: Date.now(),
    basis: own.basis,
    ...(refusedTo === undefined ? {} : { onBroken: (rule) => broken.push(rule) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (refusedTo !== undefined) {
    await openQuarantine(data.duck)
    if (broken.length > 0) await quarantine(data.duck, name, refusedRows(broken, { columns: own.columns, key }), signal)
    await keepRejects(data.duck, refusedTo)
  }
  return result
}

function keyOf({ key }: RulesFile, own: DataRelation): readonly string[] {
  if (key === undefined) return own.key
  return key.map((name, i) => {
    const column = findColumn(own.columns, name)
    if (column !== undefined) return column.name
    throw new Failure('rule.invalid', { field: `key.${i}`, reason: `there is no column ${name}` })
  })
}

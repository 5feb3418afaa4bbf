import type { CheckMark, CheckResult } from '../../../contract/check-result.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Rule, RulesFile } from '../../../contract/rule.ts'
import { findColumn } from '../../../pipeline/names.ts'
import { checkRules } from '../../../quality/check-rules.ts'
import { columnsOfRules } from '../../../quality/columns-of-rules.ts'
import { DATA } from '../../../quality/rule-measure.ts'
import type { HostContext } from '../context.ts'
import { openWorkspace } from '../open-workspace.ts'
import { loadCodeLists } from './code-lists.ts'
import { type DataRelation, type DataRequest, openData } from './open-data.ts'

export interface FileCheck extends DataRequest {
  readonly name: string
  readonly file: RulesFile
  readonly history: readonly CheckMark[]
}

/** Reads what the rules of a file look at and checks them. */
export async function checkFile(
  context: HostContext,
  request: FileCheck,
  signal: AbortSignal | undefined,
): Promise<CheckResult> {
  const { name, file, history } = request
  await using stack = new AsyncDisposableStack()
  const others = referencesOf(file.rules)
  const data = await openData(context, { ...request, datasets: [file.dataset, ...others] }, { stack, signal })
  const own = await data.add(file.dataset, DATA, (columns, key) => columnsOfRules(file.rules, columns, file.key ?? key))
  const references = new Map<string, DataRelation>()
  for (const [i, dataset] of others.entries()) {
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
  return await checkRules({
    name,
    file,
    duck: data.duck,
    scope: {
      columns: own.columns,
      reference: (dataset) => (dataset === file.dataset ? own : references.get(dataset)),
      codeList: (list) => lists.get(list),
    },
    key: keyOf(file, own),
    history,
    now: Date.now(),
    basis: own.basis,
    ...(signal === undefined ? {} : { signal }),
  })
}

function referencesOf(rules: readonly Rule[]): string[] {
  return [
    ...new Set(
      rules.flatMap((rule) => {
        if (rule.check === 'foreign_key') return [rule.references.dataset]
        return rule.check === 'aggregate' && rule.equals !== undefined ? [rule.equals.dataset] : []
      }),
    ),
  ]
}

function keyOf({ key }: RulesFile, own: DataRelation): readonly string[] {
  if (key === undefined) return own.key
  return key.map((name, i) => {
    const column = findColumn(own.columns, name)
    if (column !== undefined) return column.name
    throw new Failure('rule.invalid', { field: `key.${i}`, reason: `there is no column ${name}` })
  })
}

import { implement } from '@orpc/server'
import { qualityProcedures } from '../../contract/api/quality.ts'
import type { CheckResult } from '../../contract/check-result.ts'
import { type RulesFile, rulesFileSchema } from '../../contract/rule.ts'
import { DATA } from '../../quality/rule-measure.ts'
import { suggestRules } from '../../quality/suggest-rules.ts'
import { rulesOf } from '../../workspace/rules-of.ts'
import type { HostContext } from './context.ts'
import { draftDocument } from './draft-document.ts'
import { failing, failingEvents } from './failing.ts'
import { listNamed, readNamed, removeNamed, saveNamed } from './named-files.ts'
import { openWorkspace } from './open-workspace.ts'
import { addRules } from './quality/add-rules.ts'
import { checkFile } from './quality/check-file.ts'
import { type DataRequest, openData } from './quality/open-data.ts'

const area = implement(qualityProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

/** So many earlier checks are looked at for drift. */
const REMEMBERED = 100

export const qualityRouter = {
  list: area.list.handler(async ({ context }) => {
    const workspace = await openWorkspace(context)
    return listNamed(workspace.rules, workspace, 'rules')
  }),
  get: area.get.handler(async ({ input: { rules: name }, context }) => {
    const workspace = await openWorkspace(context)
    return readNamed(workspace.rules, workspace, { folder: 'rules', kind: 'rules', name })
  }),
  save: area.save.handler(async ({ input: { rules, ...save }, context }) =>
    saveNamed(await openWorkspace(context), 'rules', rules, save),
  ),
  add: area.add.handler(async ({ input, context }) => addRules(await openWorkspace(context), input)),
  remove: area.remove.handler(async ({ input: { rules }, context }) =>
    removeNamed(await openWorkspace(context), 'rules', rules),
  ),
  check: area.check.handler(async ({ input: { of, ...request }, context, signal }) => {
    const workspace = await openWorkspace(context)
    const files = of === undefined ? [...workspace.rules] : rulesOf(workspace, of)
    return failingEvents(checkAll(context, files, request, signal))
  }),
  try: area.try.handler(async ({ input: { draft, ...request }, context, signal }) => {
    const about = { file: 'rules', schema: rulesFileSchema, language: context.language }
    const file: RulesFile = draftDocument(draft, about)
    return checkFile(context, { ...request, name: '…', file, history: [] }, signal)
  }),
  history: area.history.handler(async ({ input: { rules, limit }, context }) =>
    context.checkResults === undefined ? [] : (await context.checkResults()).last(rules, limit),
  ),
  suggest: area.suggest.handler(async ({ input: { dataset, ...request }, context, signal }) => {
    await using stack = new AsyncDisposableStack()
    const data = await openData(context, { ...request, datasets: [dataset] }, { stack, signal })
    const { columns } = await data.add(dataset, DATA, (all) => all.map(({ name }) => name))
    return await suggestRules(data.duck, dataset, columns)
  }),
}

async function* checkAll(
  context: HostContext,
  files: readonly (readonly [string, RulesFile])[],
  request: DataRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult> {
  const store = await context.checkResults?.()
  for (const [name, file] of files) {
    const result = await checkFile(
      context,
      { ...request, name, file, history: store?.last(name, REMEMBERED) ?? [] },
      signal,
    )
    store?.add(result)
    yield result
  }
}

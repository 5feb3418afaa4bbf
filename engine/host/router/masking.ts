import { implement } from '@orpc/server'
import { maskingProcedures } from '../../contract/api/masking.ts'
import { type PolicyFile, policyFileSchema } from '../../contract/policy-file.ts'
import type { HostContext } from './context.ts'
import { draftDocument } from './draft-document.ts'
import { failing } from './failing.ts'
import { checkSnapshot } from './masking/check-snapshot.ts'
import { classesOf, confirmClass } from './masking/classes.ts'
import { makeMaskKey } from './masking/make-key.ts'
import { previewPolicy, suggestMasks } from './masking/preview-policy.ts'
import { listNamed, readNamed, removeNamed, saveNamed } from './named-files.ts'
import { openWorkspace } from './open-workspace.ts'

const area = implement(maskingProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const maskingRouter = {
  list: area.list.handler(async ({ context }) => {
    const workspace = await openWorkspace(context)
    return listNamed(workspace.policies, workspace, 'policies')
  }),
  get: area.get.handler(async ({ input: { policy: name }, context }) => {
    const workspace = await openWorkspace(context)
    return readNamed(workspace.policies, workspace, { folder: 'policies', kind: 'policy', name })
  }),
  save: area.save.handler(async ({ input: { policy, ...save }, context }) =>
    saveNamed(await openWorkspace(context), 'policies', policy, save),
  ),
  remove: area.remove.handler(async ({ input: { policy }, context }) =>
    removeNamed(await openWorkspace(context), 'policies', policy),
  ),
  makeKey: area.makeKey.handler(({ input, context }) => makeMaskKey(context, input)),
  preview: area.preview.handler(async ({ input: { draft, ...request }, context, signal }) => {
    const about = { file: 'policy', schema: policyFileSchema, language: context.language }
    const document: PolicyFile = draftDocument(draft, about)
    return previewPolicy(context, { ...request, document }, signal)
  }),
  classes: area.classes.handler(async ({ input: { dataset }, context }) =>
    Object.fromEntries(classesOf(await openWorkspace(context), dataset)),
  ),
  confirm: area.confirm.handler(async ({ input, context }) => {
    const { file } = await confirmClass(await openWorkspace(context), input)
    return { file }
  }),
  suggest: area.suggest.handler(({ input, context, signal }) => suggestMasks(context, input, signal)),
  check: area.check.handler(({ input, context, signal }) => checkSnapshot(context, input, signal)),
}

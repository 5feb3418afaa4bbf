import { implement } from '@orpc/server'
import { draftsProcedures } from '../../contract/api/drafts.ts'
import { discardDraft, listDrafts, saveDraft } from './authoring/draft-store.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { openWorkspace } from './open-workspace.ts'

const area = implement(draftsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const draftsRouter = {
  save: area.save.handler(async ({ input, context }) => {
    const { directory } = await openWorkspace(context)
    return { savedAt: await saveDraft(directory, input) }
  }),
  list: area.list.handler(async ({ context }) => listDrafts((await openWorkspace(context)).directory)),
  discard: area.discard.handler(async ({ input, context }) => {
    const { directory } = await openWorkspace(context)
    return { existed: await discardDraft(directory, input.file) }
  }),
}

import { implement } from '@orpc/server'
import { profilesProcedures } from '../../contract/api/profiles.ts'
import { withConfirmed } from '../../contract/profile/personal-finding.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { compareProfiles } from '../../profile/compare/compare.ts'
import { profileReport } from '../../profile/report/report.ts'
import type { HostContext } from './context.ts'
import { failing, failingEvents } from './failing.ts'
import { classesOf } from './masking/classes.ts'
import { openWorkspace } from './open-workspace.ts'
import { countCross, openCross } from './profile/cross-filters.ts'
import { findProfile, listProfiles, removeProfile } from './profile/profile-store.ts'
import { relateDatasets } from './profile/related-datasets.ts'
import { runProfile } from './profile/run-profile.ts'

const area = implement(profilesProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const profilesRouter = {
  run: area.run.handler(async ({ input, context, signal }) => failingEvents(runProfile(context, input, signal))),
  list: area.list.handler(async ({ input, context }) => listProfiles(await openWorkspace(context), input.dataset)),
  get: area.get.handler(({ input, context }) => confirmedProfile(context, input)),
  remove: area.remove.handler(async ({ input, context }) => ({
    removed: await removeProfile(await openWorkspace(context), input),
  })),
  compare: area.compare.handler(async ({ input: { before, after, thresholds }, context }) => {
    const workspace = await openWorkspace(context)
    return compareProfiles(await findProfile(workspace, before), await findProfile(workspace, after), thresholds)
  }),
  openCross: area.openCross.handler(({ input, context, signal }) => openCross(context, input, callOf(signal))),
  countCross: area.countCross.handler(({ input, context, signal }) => countCross(context, input, callOf(signal))),
  relate: area.relate.handler(({ input, context, signal }) => relateDatasets(context, input, callOf(signal))),
  report: area.report.handler(async ({ input: { profile, language }, context }) => ({
    html: profileReport({ profile: await confirmedProfile(context, profile), language }),
  })),
}

/** With what persons say of its columns today. */
async function confirmedProfile(context: HostContext, kept: Parameters<typeof findProfile>[1]): Promise<Profile> {
  const workspace = await openWorkspace(context)
  return withConfirmed(await findProfile(workspace, kept), classesOf(workspace, kept.dataset))
}

/** A caller in the same process may have none. */
function callOf(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal
}

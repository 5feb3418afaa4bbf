import { useMemo } from 'react'
import { withConfirmed } from '../../../../engine/contract/profile/personal-finding.ts'
import type { Profile } from '../../../../engine/contract/profile/profile.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'

/** The profile with what persons say about personal data in its columns now, which may be later than it was taken. */
export function useConfirmed(profile: Profile, dataset: string | undefined): Profile {
  const said = useAnswer(
    ['masking', 'classes', dataset],
    (engine, signal) => engine.masking.classes({ dataset: dataset ?? '' }, { signal }),
    { isEnabled: dataset !== undefined },
  )
  const classes = said.state === 'ready' ? said.data : undefined
  return useMemo(
    () => (classes === undefined ? profile : withConfirmed(profile, new Map(Object.entries(classes)))),
    [profile, classes],
  )
}

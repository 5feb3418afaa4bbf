import type { Failure } from '../../../../engine/contract/failure.ts'
import type { Profile, ProfileEvent } from '../../../../engine/contract/profile/profile.ts'
import { useEvents } from '../../../app/rpc/use-events.ts'

export interface RunningProfile {
  /** The newest there is; undefined before the first numbers. */
  readonly profile: Profile | undefined
  /** Whether everything was counted that was asked for. */
  readonly isDone: boolean
  readonly failure: Failure | undefined
}

export interface ProfileWish {
  readonly cursor: string
  readonly dataset: string
  readonly isFull: boolean
  /** Another number profiles again. */
  readonly round: number
}

/** Profiles the rows of a cursor as soon as it is wanted; figures are refined in place. */
export function useProfile(wish: ProfileWish, isWanted: boolean): RunningProfile {
  const { cursor, dataset, isFull } = wish
  const stream = useEvents<ProfileEvent, ProfileEvent | undefined>({
    key: isWanted ? JSON.stringify(wish) : undefined,
    open: (engine, signal) => engine.profiles.run({ from: { cursor, dataset }, isFull }, { signal }),
    initial: undefined,
    reduce: (_before, event) => event,
  })
  return { profile: stream.value?.profile, isDone: stream.value?.stage === 'done', failure: stream.failure }
}

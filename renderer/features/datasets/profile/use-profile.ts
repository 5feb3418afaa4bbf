import { useState } from 'react'
import type { Failure } from '../../../../engine/contract/failure.ts'
import type { Profile, ProfileEvent } from '../../../../engine/contract/profile/profile.ts'
import { useEvents } from '../../../app/rpc/use-events.ts'
import type { SourceOptions } from '../import/stored-options.ts'

export interface RunningProfile {
  /** The newest there is; undefined before the first numbers. */
  readonly profile: Profile | undefined
  /** Whether everything was counted that was asked for. */
  readonly isDone: boolean
  readonly failure: Failure | undefined
  /** Whether a person ended it; what was found until then stays. */
  readonly isStopped: boolean
  readonly stop: () => void
}

export interface ProfileWish {
  readonly cursor: string
  readonly dataset: string
  /** How the dataset is read. */
  readonly options: SourceOptions
  readonly isFull: boolean
  /** Another number profiles again. */
  readonly round: number
}

/** Profiles the rows of a cursor as soon as it is wanted; figures are refined in place. */
export function useProfile(wish: ProfileWish, isWanted: boolean): RunningProfile {
  const { cursor, dataset, options, isFull } = wish
  const key = JSON.stringify(wish)
  const [stopped, setStopped] = useState<string>()
  const isStopped = stopped === key
  const stream = useEvents<ProfileEvent, ProfileEvent | undefined>({
    key: isWanted && !isStopped ? key : undefined,
    open: (engine, signal) =>
      engine.profiles.run({ from: { cursor, dataset }, options: { ...options }, isFull }, { signal }),
    initial: undefined,
    reduce: (_before, event) => event,
  })
  return {
    profile: stream.value?.profile,
    isDone: stream.value?.stage === 'done',
    failure: stream.failure,
    isStopped,
    stop: () => setStopped(key),
  }
}

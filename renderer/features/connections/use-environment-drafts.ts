import { useState } from 'react'
import type { EnvironmentValues } from '../../../engine/contract/api/connections.ts'
import { useWorkspaceEnvironments } from '../../app/workspace/use-environments.ts'
import { type EnvironmentDraft, environmentDraft } from './environment-draft.ts'
import { environmentIn, inEnvironment, type Place } from './place.ts'
import type { FormDraft } from './use-form-draft.ts'

/** Which environment's values a form shows, and those values as they are edited. */
export function useEnvironmentDrafts({ draft, change }: FormDraft, stored: readonly EnvironmentValues[]) {
  const { names, usual } = useWorkspaceEnvironments()
  const [place, show] = useState<Place>('everywhere')
  const known = [...new Set([...names, ...stored.map(({ environment }) => environment)])].toSorted()
  const all = [...known, ...Object.keys(draft.environments).filter((name) => !known.includes(name))]
  const draftOf = (name: string): EnvironmentDraft =>
    draft.environments[name] ?? environmentDraft(stored.find(({ environment }) => environment === name))
  const shown = environmentIn(place)
  const set = (name: string, next: EnvironmentDraft): void =>
    change({ environments: { ...draft.environments, [name]: next } })
  return {
    place,
    show,
    usual,
    /** Of every environment, in the order they are shown. */
    drafts: Object.fromEntries(all.map((name) => [name, draftOf(name)])),
    /** Of the environment that is shown. */
    edited: shown === undefined ? undefined : draftOf(shown),
    change: (next: EnvironmentDraft): void => {
      if (shown !== undefined) set(shown, next)
    },
    /** It is made with the first value that it gets. */
    add: (name: string): void => {
      set(name, environmentDraft(undefined))
      show(inEnvironment(name))
    },
  }
}

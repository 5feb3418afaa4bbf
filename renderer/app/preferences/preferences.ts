import { create } from 'zustand'
import { type Preferences, restore, STORED } from '../early/stored-preferences.ts'

interface PreferencesState extends Preferences {
  readonly set: (change: Partial<Preferences>) => void
}

/** How this person likes the studio; kept in this browser or desktop. */
export const usePreferences = create<PreferencesState>((set, get) => ({
  ...restore(localStorage.getItem(STORED), navigator.language),
  set: (change) => {
    set(change)
    localStorage.setItem(STORED, JSON.stringify(get()))
  },
}))

// Other windows of the same person follow at once.
addEventListener('storage', ({ key, newValue }) => {
  if (key === STORED) usePreferences.setState(restore(newValue, navigator.language))
})

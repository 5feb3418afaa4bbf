const KEY = 'runnel.tour'

/** The tour is shown once the sample workspace is open; it is asked for before the page changes workspace. */
export function startTour(): void {
  sessionStorage.setItem(KEY, 'wanted')
}

export function isTourWanted(): boolean {
  return sessionStorage.getItem(KEY) === 'wanted'
}

export function endTour(): void {
  sessionStorage.removeItem(KEY)
}

const KEY = 'runnel.workspace'

/** The workspace of this tab or window; that of the last one when it is new. */
export function lastWorkspace(): string | undefined {
  const asked = new URLSearchParams(location.search).get('workspace')
  return asked ?? sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? undefined
}

export function keepWorkspace(workspace: string | undefined): void {
  for (const storage of [sessionStorage, localStorage]) {
    if (workspace === undefined) storage.removeItem(KEY)
    else storage.setItem(KEY, workspace)
  }
}

/** What the process that hosts an engine says about itself. */
export interface StudioHost {
  readonly kind: 'desktop' | 'server' | 'terminal'
  /** Absolute; settings and the list of recent workspaces lie here. Made when missing. */
  readonly dataDirectory: string
  /** Absolute; where new workspaces and the sample are proposed. Made when a workspace is. */
  readonly workspacesDirectory: string
}

import { useAnswer } from '../rpc/use-answer.ts'

interface Environments {
  readonly names: readonly string[]
  /** The one that holds where none is chosen. */
  readonly usual: string | undefined
}

/** The workspace's environments. */
export function useWorkspaceEnvironments(): Environments {
  const opened = useAnswer(['workspace', 'open'], (engine, signal) => engine.workspace.open(undefined, { signal }))
  return opened.state === 'ready' ? { names: opened.data.environments, usual: opened.data.environment } : NONE
}

/** Their names. */
export function useEnvironments(): readonly string[] {
  return useWorkspaceEnvironments().names
}

const NONE: Environments = { names: [], usual: undefined }

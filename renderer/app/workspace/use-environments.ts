import { useAnswer } from '../rpc/use-answer.ts'

/** Names of the workspace's environments. */
export function useEnvironments(): readonly string[] {
  const opened = useAnswer(['workspace', 'open'], (engine, signal) => engine.workspace.open(undefined, { signal }))
  return opened.state === 'ready' ? opened.data.environments : []
}

import { useMemo } from 'react'
import type { StudioContext } from '../feature.ts'
import { useEngine } from '../rpc/engine-context.ts'
import { useWorkbench } from '../workbench/use-workbench.ts'

export function useStudioContext(workspace: string | undefined): StudioContext {
  const engine = useEngine()
  const { openTab, showActivity } = useWorkbench()
  return useMemo(() => ({ engine, workspace, openTab, showActivity }), [engine, workspace, openTab, showActivity])
}

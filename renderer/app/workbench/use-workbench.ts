import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Workbench, WorkbenchState } from './workbench.ts'

export const WorkbenchContext = createContext<Workbench | undefined>(undefined)

/** The acts of the workbench. Only inside it. */
export function useWorkbench(): Workbench {
  const workbench = use(WorkbenchContext)
  if (workbench === undefined) throw new Error('useWorkbench outside of the workbench')
  return workbench
}

/** A part of the workbench's state; select stored references, derive in the component. */
export function useWorkbenchState<Part>(select: (state: WorkbenchState) => Part): Part {
  return useStore(useWorkbench().store, select)
}

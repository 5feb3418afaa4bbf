import { useState } from 'react'
import { type GridMemory, keepMemory, readMemory } from './grid-memory.ts'

export interface Remembered {
  readonly memory: GridMemory
  readonly remember: (part: GridMemory) => void
}

/** How a grid is arranged; of a dataset over restarts, of anything else while it is open. */
export function useGridMemory(key: string | undefined): Remembered {
  const [memory, setMemory] = useState<GridMemory>(() => (key === undefined ? {} : readMemory(localStorage, key)))
  return {
    memory,
    remember: (part) =>
      setMemory((before) => {
        const next = { ...before, ...part }
        if (key !== undefined) keepMemory(localStorage, key, next)
        return next
      }),
  }
}

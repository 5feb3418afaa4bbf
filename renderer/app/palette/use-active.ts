import { type KeyboardEvent, useRef, useState } from 'react'

const MOVING_KEYS = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End'])

/**
 * Which line Enter takes: the first, until somebody moves to another with the keys or the pointer.
 *
 * What is found comes group by group, and a later one may stand above; left alone, the line that came first would stay chosen in
 * the middle of the list.
 */
export function useActive(values: readonly string[], query: string) {
  const [moved, setMoved] = useState<{ readonly value: string; readonly query: string }>()
  const isMoving = useRef(false)
  const isKept = moved !== undefined && moved.query === query && values.includes(moved.value)
  return {
    value: isKept ? moved.value : (values[0] ?? ''),
    // Also the list itself chooses, when its lines change; only what follows a key or the pointer is somebody's choice.
    onValueChange: (value: string): void => {
      if (isMoving.current) setMoved({ value, query })
      isMoving.current = false
    },
    onKeyDownCapture: ({ key, ctrlKey }: KeyboardEvent): void => {
      isMoving.current = ctrlKey || MOVING_KEYS.has(key)
    },
    onPointerMoveCapture: (): void => {
      isMoving.current = true
    },
  }
}

import { type RefObject, useEffect } from 'react'

/** Closes what floats over the page when something beside it is pressed. */
export function useCloseOutside(frame: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const close = (event: PointerEvent): void => {
      if (event.target instanceof Node && frame.current?.contains(event.target) === false) onClose()
    }
    document.addEventListener('pointerdown', close, true)
    return () => document.removeEventListener('pointerdown', close, true)
  }, [frame, onClose])
}

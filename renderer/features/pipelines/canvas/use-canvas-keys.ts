import type { KeyboardEvent } from 'react'
import { actOf } from './canvas-keys.ts'
import type { CanvasActs } from './use-canvas-acts.ts'

/** Keys do what they stand for while the focus is on the canvas and in no field. */
export function useCanvasKeys(acts: CanvasActs): (event: KeyboardEvent) => void {
  return (event) => {
    const { target } = event
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return
    if (event.nativeEvent.isComposing) return
    const act = actOf(event)
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    acts.run(act)
  }
}

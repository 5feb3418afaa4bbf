import { type CompositionEvent, useRef, useState } from 'react'

/** A text that a person writes, perhaps with an input method; goes to a field and to the element that hears its events. */
export interface Composed {
  /** What the field shows: also what is only half composed. */
  readonly shown: string
  readonly type: (text: string) => void
  readonly heard: {
    readonly onCompositionStart: () => void
    readonly onCompositionEnd: (event: CompositionEvent) => void
  }
}

/**
 * Keeps what an input method is still composing in the field: `onText` hears of whole words only.
 *
 * Else "dingdan" would be searched, evaluated and saved letter by letter before it is 订单.
 */
export function useComposed(value: string, onText: (text: string) => void): Composed {
  const isComposing = useRef(false)
  const [half, setHalf] = useState<string>()
  return {
    shown: half ?? value,
    type: (text) => {
      if (isComposing.current) setHalf(text)
      else onText(text)
    },
    heard: {
      onCompositionStart: () => {
        isComposing.current = true
      },
      onCompositionEnd: ({ target }) => {
        isComposing.current = false
        setHalf(undefined)
        if (isField(target) && target.value !== value) onText(target.value)
      },
    },
  }
}

function isField(target: EventTarget): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

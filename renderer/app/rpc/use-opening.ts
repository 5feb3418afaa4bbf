import { useState } from 'react'

let openings = 0

/**
 * A number for the key of what an editor begins with: asked once for each time it is opened. Shared answers are asked anew when
 * anything of their area changes, and may be of before; an editor must neither begin with those nor be replaced under the hands.
 */
export function useOpening(): { readonly opening: number; readonly reopen: () => void } {
  const [opening, setOpening] = useState(() => ++openings)
  return { opening, reopen: () => setOpening(++openings) }
}

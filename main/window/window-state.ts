import { z } from 'zod'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) })
export type Bounds = z.infer<typeof boundsSchema>

export const windowStateSchema = z.object({ bounds: boundsSchema, isMaximized: z.boolean() })
export type WindowState = z.infer<typeof windowStateSchema>

const DEFAULT_SIZE = { width: 1_360, height: 860 }
/** So much of a window's top edge must be on a screen that a person can drag it. */
const GRIP = { width: 120, height: 40 }

/** The state that `text` keeps; undefined when it is not one. */
export function parseWindowState(text: string): WindowState | undefined {
  try {
    return windowStateSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Where the window opens: as it was left if that can still be seen on one of the screens, else in the middle of the first one. */
export function placeWindow(kept: WindowState | undefined, screens: readonly Bounds[]): WindowState {
  const [first = { x: 0, y: 0, ...DEFAULT_SIZE }] = screens
  const screen = kept === undefined ? undefined : screens.find((one) => holdsGrip(one, kept.bounds))
  if (kept !== undefined && screen !== undefined) return { ...kept, bounds: shrinkTo(screen, kept.bounds) }
  const size = { width: Math.min(DEFAULT_SIZE.width, first.width), height: Math.min(DEFAULT_SIZE.height, first.height) }
  const bounds = {
    x: first.x + Math.floor((first.width - size.width) / 2),
    y: first.y + Math.floor((first.height - size.height) / 2),
    ...size,
  }
  return { bounds, isMaximized: kept?.isMaximized ?? false }
}

function holdsGrip(screen: Bounds, { x, y, width }: Bounds): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return shown >= GRIP.width && y >= screen.y && y + GRIP.height <= screen.y + screen.height
}

function shrinkTo(screen: Bounds, bounds: Bounds): Bounds {
  return { ...bounds, width: Math.min(bounds.width, screen.width), height: Math.min(bounds.height, screen.height) }
}

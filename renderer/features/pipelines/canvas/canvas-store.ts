import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Connection } from '../document/connections.ts'
import type { Point } from '../document/layout-edits.ts'

/** A choice that is asked for at a place of the window. */
export type Asking =
  /** A kind of node to add: where it is to stand, what it reads, the connection that it is put into. */
  | {
      readonly kind: 'add'
      readonly at: Point
      readonly place?: Point
      readonly from?: string
      readonly onto?: Connection
    }
  /** The node that is to read from this one. */
  | { readonly kind: 'connect'; readonly at: Point; readonly from: string }
  /** What can be done with what was pointed at. */
  | { readonly kind: 'menu'; readonly at: Point; readonly place: Point }

export interface CanvasState {
  /** Ids of edges, notes and frames that are selected; nodes are selected in the editor. */
  readonly picked: ReadonlySet<string>
  readonly asking: Asking | undefined
  readonly isSearching: boolean
  /** What the search found, and which of it is shown. */
  readonly found: readonly string[]
  readonly foundPlace: number
  readonly isKeyListShown: boolean
  /** The note or frame whose text is being written. */
  readonly written: string | undefined
}

export type CanvasStore = StoreApi<CanvasState>

export function createCanvasStore(): CanvasStore {
  return createStore<CanvasState>(() => ({
    picked: new Set(),
    asking: undefined,
    isSearching: false,
    found: [],
    foundPlace: 0,
    isKeyListShown: false,
    written: undefined,
  }))
}

export const CanvasContext = createContext<CanvasStore | undefined>(undefined)

/** What is chosen and asked on this canvas. Only inside a canvas. */
export function useCanvasStore(): CanvasStore {
  const store = use(CanvasContext)
  if (store === undefined) throw new Error('useCanvasStore outside of a canvas')
  return store
}

/** A part of it; select stored references. */
export function useCanvas<Part>(select: (state: CanvasState) => Part): Part {
  return useStore(useCanvasStore(), select)
}

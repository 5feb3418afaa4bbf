import { type ComponentType, createElement } from 'react'
import type { ZodType } from 'zod'
import type { EngineClient } from '../../engine/contract/api.ts'
import type { OpenTab } from './workbench/tab.ts'

/** A text by its namespace and key, `jobs:list.title`; looked up where it is shown. */
export type TextKey = `${string}:${string}`

/** A sign beside a name; it says nothing by itself. */
export type IconType = ComponentType<{ readonly 'aria-hidden'?: boolean }>

/** An entry of the activity bar with the panel it opens beside it. */
export interface Activity {
  readonly id: string
  readonly title: TextKey
  readonly icon: IconType
  /** Smaller stands higher. */
  readonly order: number
  /** Not offered while no workspace is open. */
  readonly needsWorkspace: boolean
  /** Its chunk is loaded when the activity is first shown. Without a panel, `open` is run instead. */
  readonly load?: () => Promise<ComponentType>
  readonly open?: (context: StudioContext) => void
}

export interface TabView<Params> {
  readonly tabId: string
  readonly params: Params
}

/** A kind of document that a tab can show. */
export interface TabKind<Params extends object = object> {
  readonly kind: string
  /** Tabs are restored from what was stored: what does not parse is forgotten. */
  readonly params: ZodType<Params>
  readonly icon: IconType
  /** Names are shown as they are; a fixed title is a TextKey. */
  readonly title: (params: Params) => { readonly name: string } | { readonly key: TextKey }
  readonly load: () => Promise<ComponentType<TabView<Params>>>
}

export interface Command {
  readonly id: string
  readonly title: TextKey
  /** As react-hotkeys-hook writes them, `mod+shift+s`; shown in menus and the palette. */
  readonly keys?: string
  readonly isOffered?: (context: StudioContext) => boolean
  readonly run: (context: StudioContext) => void | Promise<void>
}

/** One thing that the palette found. */
export interface Found {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly run: () => void
}

/** Finds things of the workspace by their names: datasets, pipelines, nodes, runs. */
export interface Finder {
  readonly id: string
  readonly title: TextKey
  /** At most 20, best first. */
  readonly find: (query: string, context: StudioContext, signal: AbortSignal) => Promise<readonly Found[]>
}

/** What commands, finders and activities may do. */
export interface StudioContext {
  readonly engine: EngineClient
  /** Absolute; absent while none is open. */
  readonly workspace: string | undefined
  readonly openTab: OpenTab
  readonly showActivity: (id: string) => void
}

/** What a feature's index.ts exports; `app/features.ts` lists them all. */
export interface Feature {
  readonly id: string
  readonly activities?: readonly Activity[]
  readonly tabs?: readonly TabKind[]
  readonly commands?: readonly Command[]
  readonly finders?: readonly Finder[]
}

/** Keeps the type of its params inside a tab kind and forgets it outside: the workbench holds kinds of many params. */
export function defineTab<Params extends object>(kind: TabKind<Params>): TabKind {
  return {
    ...kind,
    // What was stored by an earlier version may not fit; its tab then shows why, and can be closed.
    title: (params) => {
      const parsed = kind.params.safeParse(params)
      return parsed.success ? kind.title(parsed.data) : { name: kind.kind }
    },
    load: async () => {
      const View = await kind.load()
      return (view) => createElement(View, { ...view, params: kind.params.parse(view.params) })
    },
  }
}

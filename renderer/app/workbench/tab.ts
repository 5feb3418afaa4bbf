import { z } from 'zod'

export const tabSchema = z.object({
  /** Kind and params: the same document is opened once in a group. */
  id: z.string(),
  kind: z.string(),
  params: z.record(z.string(), z.json()),
})
export type Tab = z.infer<typeof tabSchema>

export interface TabRequest {
  readonly kind: string
  readonly params?: Tab['params']
  /** Opens beside the active group instead of in it. */
  readonly beside?: boolean
}

/** Opens a document or brings it forward where it is open already. */
export type OpenTab = (request: TabRequest) => void

export function tabOf({ kind, params = {} }: TabRequest): Tab {
  const sorted = Object.fromEntries(Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { id: `${kind}:${JSON.stringify(sorted)}`, kind, params: sorted }
}

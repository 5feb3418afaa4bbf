import type { Opening } from '../../../preload/host-api.ts'
import type { StudioContext } from '../feature.ts'

let pending: Opening | undefined

/** Keeps what a link wants shown until its workspace is open. */
export function keepPending(opening: Opening): void {
  pending = opening
}

/** Shows what waited for the workspace of `context`. What waited for another one is forgotten: the person went elsewhere. */
export function showPending(context: StudioContext): void {
  const opening = pending
  pending = undefined
  if (opening !== undefined && opening.workspace === context.workspace) show(opening, context)
}

/** Opens what a link names in the workspace that is open. */
export function show({ show: asked }: Opening, { openTab }: StudioContext): void {
  if (asked?.kind === 'pipeline') openTab({ kind: 'pipeline', params: { pipeline: asked.name } })
  else if (asked !== undefined) openTab({ kind: asked.kind, params: { name: asked.name } })
}

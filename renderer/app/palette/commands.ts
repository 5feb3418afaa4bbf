import type { Command, StudioContext, TextKey } from '../feature.ts'
import { ACTIVITIES, COMMANDS } from '../features.ts'

/** Commands whose title has every word of the query, those of the rooms after them. */
export function offeredCommands(query: string, context: StudioContext, textOf: (title: TextKey) => string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const rooms = ACTIVITIES.filter(({ needsWorkspace }) => !needsWorkspace || context.workspace !== undefined).map(
    ({ id, title, load, open }): Command => ({
      id: `room.${id}`,
      title,
      run: () => (load === undefined ? open?.(context) : context.showActivity(id)),
    }),
  )
  return [...COMMANDS, ...rooms].filter((command) => {
    if (!(command.isOffered?.(context) ?? true)) return false
    const title = textOf(command.title).toLowerCase()
    return words.every((word) => title.includes(word))
  })
}

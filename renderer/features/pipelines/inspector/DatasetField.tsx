import { useDeferredValue, useState } from 'react'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { TextChooser } from '../../../ui/text/TextChooser.tsx'
import type { DrawnField } from './drawn-field.ts'

const EACH = 30

/** `connection:name`: typed, or found by a part of its name in all connections. */
export function DatasetField({ title, value, onChange }: DrawnField) {
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.includes(':') ? search.slice(search.indexOf(':') + 1) : search)
  const found = useAnswer(
    ['connections', 'find', wanted],
    async (engine, signal) => {
      const all = await engine.connections.list(undefined, { signal })
      const inside = await Promise.all(
        all.map(async ({ name }) => {
          const query = { connection: name, limit: EACH, search: wanted }
          const { items } = await engine.connections.tree(query, { signal }).catch(() => ({ items: [] }))
          return items.map(({ id }) => `${name}:${id}`)
        }),
      )
      return inside.flat()
    },
    { keepsLast: true },
  )
  return (
    <TextChooser
      size="small"
      allowClear
      aria-label={title}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : ''}
      options={(found.state === 'ready' ? found.data : []).map((dataset) => ({ value: dataset }))}
      onText={(text) => {
        setSearch(text)
        onChange(text)
      }}
    />
  )
}

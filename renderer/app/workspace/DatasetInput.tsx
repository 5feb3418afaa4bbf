import { useDeferredValue, useState } from 'react'
import { TextChooser } from '../../ui/text/TextChooser.tsx'
import { useAnswer } from '../rpc/use-answer.ts'

const EACH = 30

interface DatasetInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (dataset: string) => void
  /** One of the list was taken, or Enter pressed. */
  readonly onTake?: (dataset: string) => void
}

/** `connection:name`: typed, or found by a part of its name in all connections. */
export function DatasetInput({ label, value, onChange, onTake }: DatasetInputProps) {
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
      aria-label={label}
      placeholder={label}
      style={{ width: '100%' }}
      value={value}
      options={(found.state === 'ready' ? found.data : []).map((dataset) => ({ value: dataset }))}
      onText={(text) => {
        setSearch(text)
        onChange(text)
      }}
      {...(onTake === undefined ? {} : { onSelect: (taken: string | undefined) => onTake(taken ?? '') })}
    />
  )
}

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import type { Point } from '../document/layout-edits.ts'
import { movedPlace } from '../mapping/list-keys.ts'
import styles from './Chooser.module.css'
import { useCloseOutside } from './use-close-outside.ts'

export interface Choice {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly icon?: ReactNode
}

interface ChooserProps {
  readonly label: string
  /** In the window. */
  readonly at: Point
  readonly choicesFor: (query: string) => readonly Choice[]
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

const WIDTH_PX = 260
const HEIGHT_PX = 320
const PAGE_ROWS = 8

/** A list to be searched by typing and chosen from, at a place of the window. Escape or a press elsewhere closes it. */
export function Chooser({ label, at, choicesFor, onChoose, onClose }: ChooserProps) {
  const { t } = useTranslation('canvas')
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const choices = choicesFor(query)
  const place = Math.min(active, choices.length - 1)
  useEffect(() => {
    frame.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  useCloseOutside(frame, onClose)
  const press = (event: React.KeyboardEvent): void => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const chosen = choices[place]
    const moved = movedPlace(event.key, place, choices.length, PAGE_ROWS)
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen.id)
    else if (moved !== undefined && event.key !== 'Home' && event.key !== 'End') setActive(moved)
    else return
    event.preventDefault()
  }
  const left = Math.max(8, Math.min(at.x, window.innerWidth - WIDTH_PX - 8))
  const top = Math.max(8, Math.min(at.y, window.innerHeight - HEIGHT_PX - 8))
  return createPortal(
    <div ref={frame} role="dialog" aria-label={label} className={`nokey ${styles['chooser']}`} style={{ left, top }}>
      <TextInput
        autoFocus
        size="small"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        {...(place >= 0 ? { 'aria-activedescendant': `${id}-${place}` } : {})}
        placeholder={label}
        value={query}
        onText={(text) => {
          setQuery(text)
          setActive(0)
        }}
        onKeyDown={press}
      />
      <ChoiceList id={id} label={label} choices={choices} active={place} onActive={setActive} onChoose={onChoose} />
      {choices.length === 0 && <p>{t('chooser.none')}</p>}
    </div>,
    document.body,
  )
}

interface ChoiceListProps extends Pick<ChooserProps, 'label' | 'onChoose'> {
  readonly id: string
  readonly choices: readonly Choice[]
  readonly active: number
  readonly onActive: (place: number) => void
}

function ChoiceList({ id, label, choices, active, onActive, onChoose }: ChoiceListProps) {
  return (
    <div role="listbox" id={id} aria-label={label} className={styles['choices']}>
      {choices.map((choice, index) => (
        <div
          key={choice.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles['choice']}
          onMouseEnter={() => onActive(index)}
          // The press must not take the focus before the choice is made.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice.id)}
        >
          {choice.icon}
          <bdi>{choice.label}</bdi>
          {choice.hint !== undefined && <small>{choice.hint}</small>}
        </div>
      ))}
    </div>
  )
}

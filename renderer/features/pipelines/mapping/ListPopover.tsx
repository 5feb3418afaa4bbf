import { Button, Popover } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

interface ListPopoverProps {
  readonly label: string
  readonly isUrgent?: boolean
  /** Of its items: when one goes that was pressed, the next takes its place under the hands. */
  readonly count: number
  /** A list whose items have buttons. */
  readonly children: ReactNode
}

/** A button over a list of things to press. Opened by key it is gone through by Tab; Escape leads back to the button. */
export function ListPopover({ label, isUrgent = false, count, children }: ListPopoverProps) {
  const [isOpen, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const place = useRef(0)
  useEffect(() => {
    if (isOpen && document.activeElement === document.body) focusItem(list.current, place.current)
  }, [count, isOpen])
  useEffect(() => {
    if (!isOpen) return
    place.current = 0
    return onceShown(() => {
      focusItem(list.current, 0)
      return list.current?.contains(document.activeElement) === true
    })
  }, [isOpen])
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return
    event.preventDefault()
    setOpen(false)
    trigger.current?.focus()
  }
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setOpen}
      content={
        <div
          ref={list}
          role="presentation"
          onKeyDown={press}
          onFocus={({ target }) => {
            const item = target.closest('li')
            place.current = item === null ? 0 : [...(item.parentElement?.children ?? [])].indexOf(item)
          }}
        >
          {children}
        </div>
      }
    >
      <Button ref={trigger} size="small" danger={isUrgent} aria-expanded={isOpen} onKeyDown={press}>
        {label}
      </Button>
    </Popover>
  )
}

/** What floats is placed before it is shown, and cannot have the focus until then. */
const MOST_FRAMES = 120

/** Tries at each frame until it is done, for two seconds at most. */
function onceShown(act: () => boolean): () => void {
  let frames = 0
  let next = requestAnimationFrame(function attempt() {
    if (!act() && frames++ < MOST_FRAMES) next = requestAnimationFrame(attempt)
  })
  return () => cancelAnimationFrame(next)
}

function focusItem(list: HTMLElement | null, place: number): void {
  const items = list?.querySelectorAll('li') ?? []
  items[Math.min(place, items.length - 1)]?.querySelector('button')?.focus()
}

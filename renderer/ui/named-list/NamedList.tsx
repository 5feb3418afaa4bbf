import { DeleteOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useConfirm } from '../confirm/use-confirm.ts'
import { IconButton } from '../icon-button/IconButton.tsx'
import styles from './NamedList.module.css'

/** What can be done above a list at the side. */
export function ListTools({ children }: { readonly children: ReactNode }) {
  return <div className={styles['tools']}>{children}</div>
}

/** Things that have names, at the side of the window. */
export function NamedList({ children }: { readonly children: ReactNode }) {
  return <ul className={styles['list']}>{children}</ul>
}

/** What is said before something is removed. */
interface Removal {
  /** The name of the button. */
  readonly label: string
  readonly title: string
  readonly detail?: string
  readonly go: string
  readonly keep: string
  readonly act: () => Promise<unknown>
}

interface NamedLineProps {
  readonly icon?: ReactNode
  readonly name: string
  readonly detail: string | undefined
  readonly onOpen: () => void
  /** At its end. */
  readonly children?: ReactNode
}

/** Opened by a press. */
export function NamedLine({ icon, name, detail, onOpen, children }: NamedLineProps) {
  return (
    <li className={styles['line']}>
      <button type="button" className={styles['open']} onClick={onOpen}>
        {icon}
        <bdi>{name}</bdi>
        {detail !== undefined && <small>{detail}</small>}
      </button>
      {children}
    </li>
  )
}

/** Removes what its line names, after one question. */
export function RemoveButton({ label, title, detail, go, keep, act }: Removal) {
  const ask = useConfirm({ title, content: detail, okText: go, cancelText: keep, onOk: act })
  return <IconButton label={label} icon={<DeleteOutlined aria-hidden />} onClick={ask} />
}

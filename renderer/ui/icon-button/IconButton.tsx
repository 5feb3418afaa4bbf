import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'

interface IconButtonProps {
  /** Said to screen readers and shown on hover. */
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
  readonly isDisabled?: boolean
  readonly isActive?: boolean
}

/** A button that is only an icon; it always has a name. */
export function IconButton({ label, icon, onClick, isDisabled = false, isActive }: IconButtonProps) {
  return (
    <Tooltip title={label} mouseEnterDelay={0.5}>
      <Button
        type="text"
        size="small"
        icon={icon}
        aria-label={label}
        disabled={isDisabled}
        {...(isActive === undefined ? {} : { 'aria-pressed': isActive })}
        onClick={onClick}
      />
    </Tooltip>
  )
}

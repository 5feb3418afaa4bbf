import { LoadingOutlined } from '@ant-design/icons'
import { Button, type ButtonProps } from 'antd'
import type { MouseEvent } from 'react'

interface BusyButtonProps extends Omit<ButtonProps, 'loading'> {
  /** What it was pressed for goes on: pressing it again does nothing. */
  readonly isBusy: boolean
}

/** What lasts no longer shows no sign of it: a sign that comes and goes at once only flickers. */
const QUIET_MS = 300
/** The same one each time: another one would begin its delay anew. */
const SIGN = { delay: QUIET_MS, icon: <LoadingOutlined aria-hidden /> }

/** A button that tells that its work goes on, once that lasts. Its name stays what it is. */
export function BusyButton({ isBusy, onClick, ...rest }: BusyButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement & HTMLAnchorElement>): void => {
    if (isBusy) event.preventDefault()
    else onClick?.(event)
  }
  return <Button {...rest} aria-busy={isBusy} loading={isBusy && SIGN} onClick={press} />
}

import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './StateTag.module.css'

type Tone = 'ok' | 'warning' | 'error' | 'info' | 'quiet'

/** Every state that anything of Runnel can be in: runs, job runs, nodes, syncs and their tables. */
const TONES = {
  succeeded: 'ok',
  ok: 'ok',
  active: 'ok',
  streaming: 'ok',
  copied: 'ok',
  running: 'info',
  preparing: 'info',
  copying: 'info',
  catching_up: 'info',
  cancelling: 'info',
  queued: 'quiet',
  stopped: 'quiet',
  unknown: 'quiet',
  skipped: 'quiet',
  superseded: 'quiet',
  cancelled: 'quiet',
  warning: 'warning',
  interrupted: 'warning',
  waiting: 'warning',
  paused: 'warning',
  failed: 'error',
  error: 'error',
} as const satisfies Record<string, Tone>

const ICONS: Record<Tone, ReactNode> = {
  ok: <CheckCircleFilled aria-hidden />,
  warning: <ExclamationCircleFilled aria-hidden />,
  error: <CloseCircleFilled aria-hidden />,
  info: <SyncOutlined aria-hidden />,
  quiet: <MinusCircleOutlined aria-hidden />,
}

/** A state by icon, colour and word. */
export function StateTag({ state }: { readonly state: string }) {
  const { t } = useTranslation('ui')
  const tone = isKnown(state) ? TONES[state] : 'quiet'
  const icon = state === 'queued' ? <ClockCircleOutlined aria-hidden /> : ICONS[tone]
  return (
    <span className={styles['tag']} data-tone={tone}>
      {icon} {isKnown(state) ? t(`state.${state}`) : state}
    </span>
  )
}

function isKnown(state: string): state is keyof typeof TONES {
  return Object.hasOwn(TONES, state)
}

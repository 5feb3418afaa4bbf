import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../ui/key-hint/KeyHint.tsx'
import styles from './Canvas.module.css'
import { CANVAS_ACTS, CANVAS_KEYS } from './canvas-keys.ts'
import { useCanvas, useCanvasStore } from './canvas-store.ts'

/** Every key of the canvas; those of React Flow itself at the end. */
export function KeyList() {
  const { t } = useTranslation('canvas')
  const store = useCanvasStore()
  const isShown = useCanvas((state) => state.isKeyListShown)
  return (
    <Modal
      open={isShown}
      title={t('keys.title')}
      footer={null}
      width={640}
      onCancel={() => store.setState({ isKeyListShown: false })}
    >
      <dl className={styles['keys']}>
        {CANVAS_ACTS.map((act) => line(CANVAS_KEYS[act].slice(0, 2), t(`act.${act}`)))}
        {line(['tab'], t('keys.next'))}
        {line(['enter', 'space'], t('keys.select'))}
        {line(['arrows'], t('keys.move'))}
        {line(['shift', 'mod'], t('keys.several'))}
        {line(['escape'], t('keys.none'))}
      </dl>
    </Modal>
  )
}

function line(keys: readonly string[], text: string): ReactNode {
  return (
    <div key={text}>
      <dt>
        {keys.map((one) => (
          <KeyHint key={one} keys={one} />
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  )
}

import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  ApartmentOutlined,
  ColumnHeightOutlined,
  ColumnWidthOutlined,
  FileTextOutlined,
  GatewayOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  VerticalAlignBottomOutlined,
  VerticalAlignMiddleOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons'
import { Panel } from '@xyflow/react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { shownKeys } from '../../../ui/key-hint/shown-keys.ts'
import { useEditorState } from '../document/use-editor.ts'
import styles from './Canvas.module.css'
import { CANVAS_KEYS, type CanvasAct } from './canvas-keys.ts'
import type { CanvasActs } from './use-canvas-acts.ts'

const ALIGNING: readonly (readonly [CanvasAct, ReactNode])[] = [
  ['left', <AlignLeftOutlined key="left" aria-hidden />],
  ['centre', <AlignCenterOutlined key="centre" aria-hidden />],
  ['right', <AlignRightOutlined key="right" aria-hidden />],
  ['top', <VerticalAlignTopOutlined key="top" aria-hidden />],
  ['middle', <VerticalAlignMiddleOutlined key="middle" aria-hidden />],
  ['bottom', <VerticalAlignBottomOutlined key="bottom" aria-hidden />],
]
const DISTRIBUTING: readonly (readonly [CanvasAct, ReactNode])[] = [
  ['across', <ColumnWidthOutlined key="across" aria-hidden />],
  ['down', <ColumnHeightOutlined key="down" aria-hidden />],
]

/** Search, notes, frames and arranging; aligning while several nodes are selected. */
export function CanvasTools({ acts }: { readonly acts: CanvasActs }) {
  const { t } = useTranslation('canvas')
  const [isBusy, setBusy] = useState(false)
  const nodes = useEditorState((state) => state.selection.length)
  const arrange = async (): Promise<void> => {
    setBusy(true)
    await acts.arrange().finally(() => setBusy(false))
  }
  return (
    <Panel position="top-right">
      <div role="toolbar" aria-label={t('tools')} className={styles['tools']}>
        {nodes > 1 && ALIGNING.map(([act, icon]) => <Tool key={act} act={act} icon={icon} acts={acts} />)}
        {nodes > 2 && DISTRIBUTING.map(([act, icon]) => <Tool key={act} act={act} icon={icon} acts={acts} />)}
        {nodes > 0 && <Tool act="group" icon={<GatewayOutlined aria-hidden />} acts={acts} />}
        <Tool act="note" icon={<FileTextOutlined aria-hidden />} acts={acts} />
        <Tool act="find" icon={<SearchOutlined aria-hidden />} acts={acts} />
        <IconButton
          label={t('act.arrange')}
          icon={<ApartmentOutlined aria-hidden />}
          isDisabled={isBusy}
          onClick={() => void arrange()}
        />
        <Tool act="keys" icon={<QuestionCircleOutlined aria-hidden />} acts={acts} />
      </div>
    </Panel>
  )
}

interface ToolProps {
  readonly act: CanvasAct
  readonly icon: ReactNode
  readonly acts: CanvasActs
}

function Tool({ act, icon, acts }: ToolProps) {
  const { t } = useTranslation('canvas')
  const keys = shownKeys(CANVAS_KEYS[act][0] ?? '', navigator.platform.startsWith('Mac'))
  return <IconButton label={`${t(`act.${act}`)} (${keys})`} icon={icon} onClick={() => acts.run(act)} />
}

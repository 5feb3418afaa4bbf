import { ApartmentOutlined } from '@ant-design/icons'
import { Panel, useReactFlow } from '@xyflow/react'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../document/use-editor.ts'
import { arrangeNodes } from './arrange-nodes.ts'

/** Arranging the whole drawing. */
export function CanvasTools() {
  const { t } = useTranslation('pipelines')
  const { editor, catalogue } = useEditor()
  const { fitView } = useReactFlow()
  const [isBusy, setBusy] = useState(false)
  const arrange = async (): Promise<void> => {
    setBusy(true)
    try {
      const places = await arrangeNodes(editor.store.getState().document, catalogue)
      editor.arrange((layout) => ({ ...layout, nodes: places }))
      requestAnimationFrame(() => void fitView({ maxZoom: 1, padding: 0.15 }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel position="top-right">
      <Button size="small" icon={<ApartmentOutlined aria-hidden />} loading={isBusy} onClick={() => void arrange()}>
        {t('canvas.arrange')}
      </Button>
    </Panel>
  )
}

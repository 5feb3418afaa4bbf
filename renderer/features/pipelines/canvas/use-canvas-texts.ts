import type { AriaLabelConfig } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What React Flow says to screen readers, in our words. */
export function useCanvasTexts(): Partial<AriaLabelConfig> {
  const { t } = useTranslation('canvas')
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('aria.node'),
      'node.a11yDescription.keyboardDisabled': t('aria.node'),
      'node.a11yDescription.ariaLiveMessage': ({ x, y }: { x: number; y: number }) =>
        t('aria.moved', { x: Math.round(x), y: Math.round(y) }),
      'edge.a11yDescription.default': t('aria.edge'),
      'controls.ariaLabel': t('aria.zoom'),
      'controls.zoomIn.ariaLabel': t('aria.zoomIn'),
      'controls.zoomOut.ariaLabel': t('aria.zoomOut'),
      'controls.fitView.ariaLabel': t('act.fit'),
      'minimap.ariaLabel': t('aria.map'),
    }),
    [t],
  )
}

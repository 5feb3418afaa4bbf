import { Tour as AntTour } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { endTour, isTourWanted } from './tour-state.ts'

/** The rooms in the order of the main job; what each step points at is found by its name in the activity bar. */
const STEPS = ['connections', 'pipelines', 'jobs', 'servers', 'palette'] as const

/** A short way through the sample workspace; it can be left at any time and does not come again by itself. */
export function Tour() {
  const { t } = useTranslation('home')
  const [isOpen, setOpen] = useState(isTourWanted)
  const end = (): void => {
    endTour()
    setOpen(false)
  }
  return (
    <AntTour
      open={isOpen}
      onClose={end}
      onFinish={end}
      steps={STEPS.map((step) => ({
        title: t(`tour.${step}`),
        description: t(`tour.${step}.detail`),
        target: document.querySelector<HTMLElement>(`[data-room="${step}"]`),
        placement: 'right' as const,
      }))}
    />
  )
}

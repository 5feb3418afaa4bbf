import { BookOutlined, EyeInvisibleOutlined, NumberOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'

const params = z.object({ name: z.string() })

export const quality: Feature = {
  id: 'quality',
  activities: [
    {
      id: 'quality',
      title: 'quality:title',
      icon: SafetyCertificateOutlined,
      order: 35,
      needsWorkspace: true,
      load: async () => (await import('./QualityPanel.tsx')).QualityPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'rules',
      params,
      icon: SafetyCertificateOutlined,
      title: ({ name }) => ({ name }),
      load: async () => (await import('./RulesTab.tsx')).RulesTab,
    }),
    defineTab({
      kind: 'policy',
      params,
      icon: EyeInvisibleOutlined,
      title: ({ name }) => ({ name }),
      load: async () => (await import('./PolicyTab.tsx')).PolicyTab,
    }),
    defineTab({
      kind: 'standard',
      params,
      icon: BookOutlined,
      title: ({ name }) => ({ name }),
      load: async () => (await import('./StandardTab.tsx')).StandardTab,
    }),
    defineTab({
      kind: 'codes',
      params,
      icon: NumberOutlined,
      title: ({ name }) => ({ name }),
      load: async () => (await import('./CodesTab.tsx')).CodesTab,
    }),
  ],
}

import { HistoryOutlined, ScheduleOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'

export const jobs: Feature = {
  id: 'jobs',
  activities: [
    {
      id: 'jobs',
      title: 'jobs:title',
      icon: ScheduleOutlined,
      order: 30,
      needsWorkspace: true,
      load: async () => (await import('./JobsPanel.tsx')).JobsPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'job',
      params: z.object({ name: z.string() }),
      icon: ScheduleOutlined,
      title: ({ name }) => ({ name }),
      load: async () => (await import('./JobTab.tsx')).JobTab,
    }),
    defineTab({
      kind: 'jobRun',
      params: z.object({ jobRunId: z.string() }),
      icon: HistoryOutlined,
      title: ({ jobRunId }) => ({ name: jobRunId.slice(-8) }),
      load: async () => (await import('./JobRunTab.tsx')).JobRunTab,
    }),
  ],
}

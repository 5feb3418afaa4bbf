import { PartitionOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { cellSchema } from '../../../engine/contract/page.ts'
import { defineTab, type Feature } from '../../app/feature.ts'
import { findNodes } from './list/find-nodes.ts'

export const pipelines: Feature = {
  id: 'pipelines',
  activities: [
    {
      id: 'pipelines',
      title: 'pipelines:title',
      icon: PartitionOutlined,
      order: 20,
      needsWorkspace: true,
      load: async () => (await import('./list/PipelinesPanel.tsx')).PipelinesPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'pipeline',
      params: z.object({ pipeline: z.string() }),
      icon: PartitionOutlined,
      title: ({ pipeline }) => ({ name: pipeline }),
      load: async () => (await import('./PipelineTab.tsx')).PipelineTab,
    }),
    defineTab({
      kind: 'rowWay',
      params: z.object({ pipeline: z.string(), output: z.string(), key: z.record(z.string(), cellSchema) }),
      icon: PartitionOutlined,
      title: ({ output }) => ({ name: output }),
      load: async () => (await import('./preview/RowWayTab.tsx')).RowWayTab,
    }),
  ],
  finders: [{ id: 'nodes', title: 'pipelines:found', find: findNodes }],
}

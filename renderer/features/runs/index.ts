import { BarChartOutlined, HistoryOutlined } from '@ant-design/icons'
import i18next from 'i18next'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'

export const runs: Feature = {
  id: 'runs',
  activities: [
    {
      id: 'runs',
      title: 'runs:title',
      icon: HistoryOutlined,
      order: 40,
      needsWorkspace: true,
      load: async () => (await import('./RunsPanel.tsx')).RunsPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'run',
      params: z.object({ runId: z.string() }),
      icon: HistoryOutlined,
      title: ({ runId }) => ({ name: runId.slice(-8) }),
      load: async () => (await import('./RunTab.tsx')).RunTab,
    }),
    defineTab({
      kind: 'history',
      params: z.object({ pipeline: z.string().optional() }),
      icon: BarChartOutlined,
      title: ({ pipeline }) => (pipeline === undefined ? { key: 'runs:history' } : { name: pipeline }),
      load: async () => (await import('./HistoryTab.tsx')).HistoryTab,
    }),
  ],
  commands: [
    {
      id: 'runs.history',
      title: 'runs:history',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'history' }),
    },
  ],
  finders: [
    {
      id: 'runs',
      title: 'runs:title',
      find: async (query, { engine, openTab }, signal) => {
        const all = await engine.runs.list({ limit: 200 }, { signal })
        const word = query.toLowerCase()
        return all
          .filter(({ runId, pipeline, state }) =>
            [runId, pipeline, state, i18next.t(`ui:state.${state}`)].some((text) => text.toLowerCase().includes(word)),
          )
          .slice(0, 10)
          .map(({ runId, pipeline, state }) => ({
            id: runId,
            label: `${pipeline} ${runId.slice(-8)}`,
            detail: i18next.t(`ui:state.${state}`),
            run: () => openTab({ kind: 'run', params: { runId } }),
          }))
      },
    },
  ],
}

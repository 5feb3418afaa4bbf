import { HistoryOutlined } from '@ant-design/icons'
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
            [runId, pipeline, state].some((text) => text.toLowerCase().includes(word)),
          )
          .slice(0, 10)
          .map(({ runId, pipeline, state }) => ({
            id: runId,
            label: `${pipeline} ${runId.slice(-8)}`,
            detail: state,
            run: () => openTab({ kind: 'run', params: { runId } }),
          }))
      },
    },
  ],
}

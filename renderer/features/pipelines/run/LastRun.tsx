import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { StateTag } from '../../../ui/state/StateTag.tsx'
import { useEditorState } from '../document/use-editor.ts'

const REFRESH_MS = 3_000

/** How the last run ended, and the way to its receipt and rejects. */
export function LastRun() {
  const { t } = useTranslation(['pipelines', 'ui'])
  const { dateTime } = useFormats()
  const { openTab } = useWorkbench()
  const pipeline = useEditorState((state) => state.pipeline)
  const runs = useAnswer(
    ['runs', 'last', pipeline],
    (engine, signal) => engine.runs.list({ pipeline, limit: 1 }, { signal }),
    { refetchMs: REFRESH_MS },
  )
  const [last] = runs.state === 'ready' ? runs.data : []
  if (last === undefined) return null
  const { runId, state, startedAt } = last
  return (
    <Button
      size="small"
      type="text"
      title={startedAt === undefined ? '' : dateTime(startedAt)}
      // What is seen stands in the name: people say it to a computer that listens.
      aria-label={`${t(`ui:state.${state}`)} · ${t('run.last')}`}
      onClick={() => openTab({ kind: 'run', params: { runId } })}
    >
      <StateTag state={state} />
    </Button>
  )
}

import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Deviation, deviationText } from '../../../../engine/contract/deviation.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../../ui/settled/use-settled.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import styles from './Mapping.module.css'

const SETTLED_MS = 600
const NONE: readonly Deviation[] = []

/** Where a node departs from the standards, as it stands in the editor; what is safe to mend is mended in one go. */
export function StandardsNotice({ node }: { readonly node: string }) {
  const { t } = useTranslation('mapping')
  const { editor } = useEditor()
  const { pipeline } = editor.store.getState()
  const drawn = useEditorState((state) => state.document)
  const offline = useEditorState((state) => state.isOffline)
  const document = useSettled(drawn, SETTLED_MS)
  const found = useAnswer(
    ['standards', 'check', pipeline, document, offline],
    (engine, signal) => engine.standards.check({ of: pipeline, pipelineDraft: { document }, offline }, { signal }),
    { keepsLast: true },
  )
  const mend = useAct(async (engine) => {
    const before = editor.store.getState().document
    const { document: mended } = await engine.standards.fix({ pipeline, draft: { document: before }, offline })
    // What was changed meanwhile stays.
    if (mended !== undefined) editor.change((now) => (now === before ? mended : now))
  })
  // What keeps a pipeline from being checked stands at its nodes already.
  const all = found.state === 'ready' ? found.data : NONE
  const own = all.filter(({ place }) => 'node' in place && place.node === node)
  if (own.length === 0) return null
  const fixable = all.filter(({ fix }) => fix !== undefined).length
  return (
    <>
      <Popover trigger="click" placement="bottomLeft" content={<DeviationList deviations={own} />}>
        <Button size="small">{t('mapping.deviations', { count: own.length })}</Button>
      </Popover>
      {fixable > 0 && (
        <BusyButton size="small" isBusy={mend.isRunning} onClick={() => void mend.run(undefined)}>
          {t('mapping.mendDeviations', { count: fixable })}
        </BusyButton>
      )}
      {mend.failure !== undefined && <FailureNotice failure={mend.failure} />}
    </>
  )
}

function DeviationList({ deviations }: { readonly deviations: readonly Deviation[] }) {
  const language = usePreferences((state) => state.language)
  return (
    <ul className={styles['deviations']}>
      {deviations.map((deviation) => (
        <li key={JSON.stringify([deviation.column, deviation.kind, deviation.standard])}>
          {deviationText(deviation, language)}
        </li>
      ))}
    </ul>
  )
}

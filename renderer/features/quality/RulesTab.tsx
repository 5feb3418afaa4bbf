import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckResult } from '../../../engine/contract/check-result.ts'
import type { RulesFile } from '../../../engine/contract/rule.ts'
import type { TabView } from '../../app/feature.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { CodeEditor } from '../../ui/editor/CodeEditor.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { appendItem } from './append-item.ts'
import { DraftButtons } from './DraftButtons.tsx'
import styles from './Quality.module.css'
import { RuleResults } from './RuleResults.tsx'
import { Suggestions } from './Suggestions.tsx'
import { Trend } from './Trend.tsx'
import { type TextDraft, useTextDraft } from './use-text-draft.ts'

const SETTLED_MS = 400
const TREND = 60

/** Rules as text on one side, what they say about the rows on the other, counted while they are typed. */
export function RulesTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const opened = useAnswer(['quality', 'get', name], (engine, signal) =>
    engine.quality.get({ rules: name }, { signal }),
  )
  if (opened.state === 'loading') return <Skeleton rows={6} />
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  return <RulesEditor key={name} tabId={tabId} name={name} opened={opened.data} />
}

interface RulesEditorProps {
  readonly tabId: string
  readonly name: string
  readonly opened: { readonly document?: RulesFile | undefined; readonly text: string; readonly digest: string }
}

function RulesEditor({ tabId, name, opened }: RulesEditorProps) {
  const { t } = useTranslation('quality')
  const [offline, setOffline] = useState(false)
  const [isSuggesting, setSuggesting] = useState(false)
  const [checked, setChecked] = useState<CheckResult>()
  const draft = useTextDraft(
    tabId,
    opened,
    (engine, { text, expectedDigest }) => engine.quality.save({ rules: name, content: { text }, expectedDigest }),
    ['quality'],
  )
  const check = useAct(
    async (engine) => (await Array.fromAsync(await engine.quality.check({ of: name, offline })))[0],
    ['quality'],
  )
  const dataset = opened.document?.dataset
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <Trend rules={name} limit={TREND} />
        <span className={styles['grow']} />
        <Switch id={`offline-${name}`} size="small" checked={offline} onChange={setOffline} />
        <label htmlFor={`offline-${name}`}>{t('offline')}</label>
        <Button size="small" disabled={dataset === undefined} onClick={() => setSuggesting(!isSuggesting)}>
          {t('suggest')}
        </Button>
        <DraftButtons draft={draft} />
        <BusyButton
          size="small"
          type="primary"
          disabled={draft.isEdited}
          isBusy={check.isRunning}
          onClick={() => void check.run(undefined).then(setChecked)}
        >
          {t('check')}
        </BusyButton>
      </header>
      {draft.failure !== undefined && <FailureNotice failure={draft.failure} />}
      {check.failure !== undefined && <FailureNotice failure={check.failure} />}
      {isSuggesting && dataset !== undefined && (
        <Suggestions
          dataset={dataset}
          known={opened.document?.rules ?? []}
          offline={offline}
          onAccept={(rules) => draft.change(rules.reduce((text, rule) => appendItem(text, 'rules', rule), draft.text))}
        />
      )}
      <div className={styles['sides']}>
        <div className={styles['code']}>
          <CodeEditor value={draft.text} label={t('code', { name })} language="yaml" onChange={draft.change} />
        </div>
        <LiveResults draft={draft} offline={offline} checked={draft.isEdited ? undefined : checked} />
      </div>
    </div>
  )
}

interface LiveResultsProps {
  readonly draft: TextDraft
  readonly offline: boolean
  readonly checked: CheckResult | undefined
}

/** Of the first rows while rules are typed; of all rows after a check, until the text changes. */
function LiveResults({ draft, offline, checked }: LiveResultsProps) {
  const text = useSettled(draft.text, SETTLED_MS)
  const tried = useAnswer(
    ['quality', 'try', text, offline],
    (engine, signal) => engine.quality.try({ draft: { text }, offline }, { signal }),
    { keepsLast: true },
  )
  if (checked !== undefined) return <RuleResults result={checked} isStale={false} />
  if (tried.state === 'loading') return <Skeleton rows={6} />
  if (tried.state === 'failed') return <FailureNotice failure={tried.failure} onRetry={tried.retry} />
  return <RuleResults result={tried.data} isStale={tried.isStale || text !== draft.text} />
}

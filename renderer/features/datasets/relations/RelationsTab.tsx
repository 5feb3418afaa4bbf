import { Button, Switch, Tag } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabView } from '../../../app/feature.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { DatasetInput } from '../../../app/workspace/DatasetInput.tsx'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { RelationList } from './RelationList.tsx'
import styles from './Relations.module.css'

interface RelationsParams {
  readonly datasets?: readonly string[] | undefined
}

const NO_DATASETS: readonly string[] = []
const MOST = 20

interface Asked {
  readonly datasets: readonly string[]
  readonly offline: boolean
  /** Values may have changed since the last look. */
  readonly round: number
}

/** What the columns of several datasets have in common: foreign keys with their orphans, columns of one meaning. */
export function RelationsTab({ params }: TabView<RelationsParams>) {
  const { t } = useTranslation('datasets')
  const id = useId()
  const [datasets, setDatasets] = useState(params.datasets ?? NO_DATASETS)
  const [offline, setOffline] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const answer = useRelations(asked)
  const isBusy = asked !== undefined && answer.state === 'loading'
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <h1>{t('relations.title')}</h1>
        <Switch id={id} size="small" checked={offline} onChange={setOffline} />
        <label htmlFor={id}>{t('relations.offline')}</label>
        {isBusy ? (
          <Button size="small" onClick={() => setAsked(undefined)}>
            {t('profile.stop')}
          </Button>
        ) : (
          <Button
            size="small"
            type="primary"
            disabled={datasets.length < 2}
            onClick={() => setAsked({ datasets, offline, round: (asked?.round ?? 0) + 1 })}
          >
            {t('relations.go')}
          </Button>
        )}
      </div>
      <ChosenDatasets datasets={datasets} onChange={setDatasets} />
      {asked === undefined ? (
        <EmptyState title={t('relations.empty')} hint={t('relations.emptyHint')} />
      ) : (
        <Found answer={answer} />
      )}
    </div>
  )
}

function useRelations(asked: Asked | undefined) {
  return useAnswer(
    ['profiles', 'relate', asked],
    (engine, signal) =>
      engine.profiles.relate({ datasets: [...(asked?.datasets ?? [])], offline: asked?.offline === true }, { signal }),
    { isEnabled: asked !== undefined },
  )
}

function Found({ answer }: { readonly answer: ReturnType<typeof useRelations> }) {
  if (answer.state === 'loading') return <Skeleton rows={6} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  return <RelationList relations={answer.data.relations} warnings={answer.data.warnings} />
}

interface ChosenDatasetsProps {
  readonly datasets: readonly string[]
  readonly onChange: (datasets: readonly string[]) => void
}

function ChosenDatasets({ datasets, onChange }: ChosenDatasetsProps) {
  const { t } = useTranslation('datasets')
  const [typed, setTyped] = useState('')
  const add = (dataset: string): void => {
    setTyped('')
    if (/^[^:\s][^:]*:.+$/.test(dataset) && !datasets.includes(dataset) && datasets.length < MOST)
      onChange([...datasets, dataset])
  }
  return (
    <div className={styles['chosen']}>
      {datasets.map((dataset) => (
        <Tag
          key={dataset}
          closable={{ 'aria-label': t('relations.remove', { dataset }) }}
          onClose={() => onChange(datasets.filter((one) => one !== dataset))}
        >
          <bdi>{dataset}</bdi>
        </Tag>
      ))}
      <form
        className={styles['add']}
        onSubmit={(event) => {
          event.preventDefault()
          add(typed.trim())
        }}
      >
        <DatasetInput label={t('relations.add')} value={typed} onChange={setTyped} onTake={add} />
        <Button size="small" htmlType="submit" disabled={typed.trim() === ''}>
          {t('relations.addGo')}
        </Button>
      </form>
    </div>
  )
}

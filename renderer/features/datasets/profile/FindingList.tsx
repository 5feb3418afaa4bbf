import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import { dimensionOfFinding } from '../../../../engine/contract/profile/cross-filter.ts'
import type { Finding } from '../../../../engine/contract/profile/finding.ts'
import { findingText, harmText } from '../../../../engine/contract/profile/finding-texts.ts'
import { ruleOfFinding } from '../../../../engine/contract/profile/rule-of-finding.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { freeName, keysOfRemedy, type Remedy, remediesOf, remedyDocument } from './fix-document.ts'
import { MakeRuleButton } from './MakeRuleButton.tsx'
import styles from './Profile.module.css'
import type { CrossFiltering } from './use-cross-filter.ts'

interface FindingListProps {
  readonly findings: readonly Finding[]
  readonly columns: readonly ColumnProfile[]
  readonly cross: CrossFiltering
  /** Absent for files that belong to no connection: no pipeline can read them. */
  readonly dataset: string | undefined
}

/** What stands out, most harmful first; each with its rows and with what can be done. */
export function FindingList({ findings, columns, cross, dataset }: FindingListProps) {
  const { t } = useTranslation('datasets')
  if (findings.length === 0) return <p className={styles['note']}>{t('profile.clean')}</p>
  return (
    <ul className={styles['findings']}>
      {findings.map((finding) => (
        <FindingLine
          key={`${finding.code} ${finding.columns.join(' ')} ${finding.condition ?? ''}`}
          {...{ finding, columns, cross, dataset }}
        />
      ))}
    </ul>
  )
}

function FindingLine({
  finding,
  columns,
  cross,
  dataset,
}: Omit<FindingListProps, 'findings'> & { readonly finding: Finding }) {
  const { t } = useTranslation('datasets')
  const language = usePreferences((state) => state.language)
  const place = dimensionOfFinding(cross.dimensions, finding)
  const rule = ruleOfFinding(finding)
  const isChosen = cross.selections.some(({ dimension }) => dimension === place)
  return (
    <li data-harm={finding.harm}>
      <small>{harmText(finding.harm, language)}</small>
      <span>
        {findingText(finding, language)}
        {finding.evidence.isSample && <small> {t('profile.sampled')}</small>}
      </span>
      <div className={styles['acts']}>
        {place >= 0 && (
          <Button
            size="small"
            type={isChosen ? 'primary' : 'default'}
            aria-pressed={isChosen}
            disabled={cross.all === undefined}
            onClick={() => cross.choose(place, 0, false)}
          >
            {t('profile.showRows')}
          </Button>
        )}
        {dataset !== undefined && rule !== undefined && <MakeRuleButton dataset={dataset} rule={rule} />}
        {dataset !== undefined &&
          remediesOf(finding).map((remedy) => <RemedyButton key={remedy} {...{ finding, columns, remedy, dataset }} />)}
      </div>
    </li>
  )
}

interface RemedyButtonProps {
  readonly finding: Finding
  readonly columns: readonly ColumnProfile[]
  readonly dataset: string
  readonly remedy: Remedy
}

function RemedyButton({ finding, columns, remedy, dataset }: RemedyButtonProps) {
  const { t } = useTranslation('datasets')
  const { openTab } = useWorkbench()
  const make = useAct(
    async (engine) => {
      const taken = (await engine.pipelines.list()).map(({ name }) => name)
      const pipeline = freeName(`${dataset.slice(dataset.indexOf(':') + 1)}-${remedy}`, taken)
      // One that is there stays as it is.
      if (remedy === 'mask') for (const key of keysOfRemedy(finding, columns)) await engine.masking.makeKey({ key })
      await engine.pipelines.create({ pipeline, document: remedyDocument(dataset, finding, { remedy, columns }) })
      return pipeline
    },
    ['pipelines', 'workspace'],
  )
  const run = async (): Promise<void> => {
    const pipeline = await make.run(undefined)
    if (pipeline !== undefined) openTab({ kind: 'pipeline', params: { pipeline } })
  }
  return (
    <>
      <BusyButton size="small" isBusy={make.isRunning} onClick={() => void run()}>
        {t(`profile.remedy.${remedy}`)}
      </BusyButton>
      {make.failure !== undefined && <FailureNotice failure={make.failure} />}
    </>
  )
}

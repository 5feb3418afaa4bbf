import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reject } from '../../../../engine/contract/reject.ts'
import { useTold } from '../../../app/i18n/use-told.ts'
import { DataGrid } from '../../../ui/grid/DataGrid.tsx'
import { fixedRows } from '../../../ui/grid/grid-types.ts'
import styles from '../Datasets.module.css'
import { rawText } from './raw-text.ts'

interface RejectListProps {
  readonly rejects: readonly Reject[]
  /** Of the lines. */
  readonly encoding?: string | undefined
}

const noNote = (): null => null
const NOTHING = '–'

/** Rows that were refused, each with its reason, its place and its bytes. */
export function RejectList({ rejects, encoding = 'utf-8' }: RejectListProps) {
  const { t } = useTranslation('datasets')
  const told = useTold()
  const columns = useMemo(
    () => [
      { name: t('rejects.locator'), type: 'VARCHAR', width: 140 },
      { name: t('rejects.reason'), type: 'VARCHAR', width: 300 },
      { name: t('rejects.raw'), type: 'VARCHAR', width: 200 },
      { name: t('rejects.hex'), type: 'VARCHAR', width: 240 },
      { name: t('rejects.column'), type: 'VARCHAR' },
      { name: t('rejects.value'), type: 'VARCHAR' },
    ],
    [t],
  )
  const source = useMemo(
    () =>
      fixedRows(
        rejects.map(({ locator, reason, column, value, raw }) => [
          locator ?? NOTHING,
          told(reason),
          rawText(raw, encoding) ?? NOTHING,
          raw ?? NOTHING,
          column ?? NOTHING,
          value ?? NOTHING,
        ]),
      ),
    [rejects, encoding, told],
  )
  return (
    <div className={styles['rejects']}>
      <DataGrid label={t('rejects.title')} columns={columns} source={source} noteOf={noNote} />
    </div>
  )
}

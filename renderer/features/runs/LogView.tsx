import { Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import type { LogLine } from './progress.ts'
import styles from './Runs.module.css'

const LEVELS = ['all', 'warning', 'error'] as const
type Level = (typeof LEVELS)[number]
const SHOWN = 1_000

/** The log, by level and by typing; the last lines of a long one. */
export function LogView({ lines }: { readonly lines: readonly LogLine[] }) {
  const { t } = useTranslation('runs')
  const { time } = useFormats()
  const told = useTold()
  const [level, setLevel] = useState<Level>('all')
  const [search, setSearch] = useState('')
  const word = search.trim().toLowerCase()
  const shown = lines.filter(
    (line) =>
      (level === 'all' || line.level === level || (level === 'warning' && line.level === 'error')) &&
      `${line.step ?? ''} ${told(line.message)}`.toLowerCase().includes(word),
  )
  return (
    <>
      <div className={styles['tools']}>
        <Segmented
          size="small"
          aria-label={t('level')}
          value={level}
          onChange={setLevel}
          options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        />
        <Input
          size="small"
          allowClear
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {shown.length === 0 && <EmptyState title={t('logEmpty')} />}
      <ol className={styles['log']} aria-label={t('log')}>
        {shown.slice(-SHOWN).map((line) => (
          <li key={line.sequence} data-level={line.level}>
            <time dateTime={line.at}>{time(line.at)}</time> {line.step !== undefined && <bdi>[{line.step}]</bdi>}{' '}
            <bdi>{told(line.message)}</bdi>
          </li>
        ))}
      </ol>
    </>
  )
}

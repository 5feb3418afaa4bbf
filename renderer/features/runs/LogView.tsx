import { useVirtualizer } from '@tanstack/react-virtual'
import { Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { logText } from '../../../engine/contract/log-text.ts'
import type { LogLevel, LogLine } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { LINE_PX, linesOn, PAGE_LINES, pagesOf } from './log-pages.ts'
import styles from './Runs.module.css'

const LEVELS = ['info', 'warning', 'error'] as const satisfies readonly LogLevel[]
const REFRESH_MS = 1_000
const TYPING_MS = 250
/** Who looks at the end of the log of a run that goes on stays there. */
const NEAR_END_PX = 40

interface LogViewProps {
  readonly runId: string
  readonly isOver: boolean
}

/** The log by level and by typing. However long it is, only the pages in sight are asked for and drawn. */
export function LogView({ runId, isOver }: LogViewProps) {
  const { t } = useTranslation('runs')
  const [level, setLevel] = useState<LogLevel>('info')
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim(), TYPING_MS)
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
        <TextInput
          size="small"
          allowClear
          aria-label={t('search')}
          placeholder={t('search')}
          value={typed}
          onText={setTyped}
        />
      </div>
      <Found filter={{ runId, level, search }} isOver={isOver} />
    </>
  )
}

interface LogFilter {
  readonly runId: string
  readonly level: LogLevel
  readonly search: string
}

function Found({ filter, isOver }: { readonly filter: LogFilter; readonly isOver: boolean }) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const counted = useAnswer(
    ['runs', 'log', filter, 'count', isOver],
    (engine, signal) => engine.runs.log({ ...filter, limit: 0 }, { signal }),
    { keepsLast: true, ...(isOver ? {} : { refetchMs: REFRESH_MS }) },
  )
  if (counted.state === 'loading') return null
  if (counted.state === 'failed') return <FailureNotice failure={counted.failure} onRetry={counted.retry} />
  const { total } = counted.data
  if (total === 0) return <EmptyState title={t('logEmpty')} />
  return (
    <>
      <Pages key={JSON.stringify(filter)} filter={filter} total={total} follows={!isOver} />
      <p className={styles['quiet']}>{t('logLines', { lines: number(total) })}</p>
    </>
  )
}

interface PagesProps {
  readonly filter: LogFilter
  readonly total: number
  readonly follows: boolean
}

function Pages({ filter, total, follows }: PagesProps) {
  const { t } = useTranslation('runs')
  const scroller = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(follows)
  const virtual = useVirtualizer({
    count: pagesOf(total),
    estimateSize: (page) => linesOn(page, total) * LINE_PX,
    getScrollElement: () => scroller.current,
    overscan: 0,
  })
  useEffect(() => {
    virtual.measure()
    const place = scroller.current
    if (place !== null && follows && isAtEnd.current) place.scrollTop = place.scrollHeight
  }, [virtual, total, follows])
  return (
    <div
      ref={scroller}
      className={styles['log']}
      role="region"
      aria-label={t('log')}
      tabIndex={0}
      onScroll={({ currentTarget: place }) => {
        isAtEnd.current = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_END_PX
      }}
    >
      <div style={{ height: total * LINE_PX, position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div key={index} className={styles['logPage']} style={{ top: start }}>
            <PageLines filter={filter} page={index} lines={linesOn(index, total)} />
          </div>
        ))}
      </div>
    </div>
  )
}

interface PageLinesProps {
  readonly filter: LogFilter
  readonly page: number
  /** The last page grows: with another count it is another question. */
  readonly lines: number
}

function PageLines({ filter, page, lines }: PageLinesProps) {
  const found = useAnswer(
    ['runs', 'log', filter, page, lines],
    (engine, signal) => engine.runs.log({ ...filter, offset: page * PAGE_LINES, limit: PAGE_LINES }, { signal }),
    { keepsLast: true },
  )
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  if (found.state === 'loading') return null
  return found.data.lines.map((line) => <Line key={line.sequence} line={line} />)
}

function Line({ line }: { readonly line: LogLine }) {
  const { time } = useFormats()
  const language = usePreferences((preferences) => preferences.language)
  const text = logText(line, language)
  return (
    <div className={styles['logLine']} data-level={line.level} style={{ height: LINE_PX }} title={text}>
      <time dateTime={line.at}>{time(line.at)}</time> <bdi>{text}</bdi>
    </div>
  )
}

import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { type Language, languageSchema } from '../contract/localized.ts'
import { logText } from '../contract/log-text.ts'
import {
  LOG_LEVELS,
  type LogLevel,
  type LogLine,
  logLineSchema,
  type RunEvent,
  runEventSchema,
} from '../contract/run.ts'
import type { StoreDatabase } from './database.ts'

/** An event before it has its place in the sequence. */
export type NewRunEvent = Omit<RunEvent, 'runId' | 'sequence' | 'at'>

export interface RunEventStore {
  /** Appends with the next sequence number and the time. */
  add(runId: string, event: NewRunEvent): RunEvent
  /** Of these kinds, or of all. */
  after(runId: string, sequence: number, limit: number, kinds?: readonly string[]): RunEvent[]
  /** What of them can be read, oldest first, with how many there are. */
  log(runId: string, page: LogPage): { total: number; lines: LogLine[] }
}

export interface LogPage {
  /** This level and graver. */
  readonly level: LogLevel
  /** In any case; found in what is kept, and in the line as it is read in `language`. */
  readonly search?: string
  readonly language?: Language
  readonly limit: number
  readonly offset: number
}

/** Lines by their index alone, which no text of an event is in; the text is read where it is searched or shown. */
const LINES = `FROM run_events WHERE run_id = @runId AND level IS NOT NULL AND level >= @level`
const FOUND = `${LINES} AND (instr(lower(
    coalesce(event ->> 'step', '') || ' ' || coalesce(event ->> 'message', '') || ' ' || coalesce(event ->> 'state', '')
    || ' ' || coalesce(event ->> 'failure', '')), @search) > 0
  OR instr(read_line(event, @language), @search) > 0)`

export function runEventStore(database: StoreDatabase, clock: Clock): RunEventStore {
  const next = database.prepare('SELECT coalesce(max(sequence), 0) + 1 AS next FROM run_events WHERE run_id = ?')
  const insert = database.prepare('INSERT INTO run_events (run_id, sequence, event, level) VALUES (?, ?, ?, ?)')
  const select = database.prepare(
    `SELECT event FROM run_events WHERE run_id = @runId AND sequence > @sequence
       AND (@kinds IS NULL OR event ->> 'kind' IN (SELECT value FROM json_each(@kinds)))
     ORDER BY sequence LIMIT @limit`,
  )
  database.function('read_line', { deterministic: true }, readLine)
  const all = lineStatements(database, LINES)
  const found = lineStatements(database, FOUND)
  const add = database.transaction((runId: string, event: NewRunEvent): RunEvent => {
    const { next: sequence } = z.object({ next: z.number() }).parse(next.get(runId))
    const full = { ...event, runId, sequence, at: new Date(clock.now()).toISOString() }
    insert.run(runId, sequence, JSON.stringify(full), levelOf(event))
    return full
  })
  return {
    add: (runId, event) => add.immediate(runId, event),
    after: (runId, sequence, limit, kinds) =>
      z
        .array(z.object({ event: z.string() }))
        .parse(select.all({ runId, sequence, limit, kinds: kinds === undefined ? null : JSON.stringify(kinds) }))
        .map(({ event }) => runEventSchema.parse(JSON.parse(event))),
    log: (runId, { level, search = '', language = 'en', limit, offset }) => {
      const word = search.trim().toLowerCase()
      const { count, select: page } = word === '' ? all : found
      const wanted = { runId, level: LOG_LEVELS.indexOf(level), ...(word === '' ? {} : { search: word, language }) }
      const { total } = z.object({ total: z.number() }).parse(count.get(wanted))
      const rows = limit === 0 ? [] : page.all({ ...wanted, limit, offset })
      return { total, lines: z.array(lineRowSchema).parse(rows) }
    },
  }
}

function lineStatements(database: StoreDatabase, lines: string) {
  return {
    count: database.prepare(`SELECT count(*) AS total ${lines}`),
    select: database.prepare(
      `SELECT event, level FROM run_events WHERE run_id = @runId AND sequence IN
         (SELECT sequence ${lines} ORDER BY sequence LIMIT @limit OFFSET @offset) ORDER BY sequence`,
    ),
  }
}

/** A function of SQL: a line as somebody reads it, in small letters. */
function readLine(event: unknown, language: unknown): string {
  const line = runEventSchema.parse(JSON.parse(String(event)))
  return logText(line, languageSchema.parse(language)).toLowerCase()
}

/** How grave an event is, as its place in LOG_LEVELS; null for what is no line of a log: progress, and steps without a word. */
function levelOf({ kind, message, failure, state }: NewRunEvent): number | null {
  if (kind === 'progress' || (message ?? failure ?? state) === undefined) return null
  if (failure !== undefined) return LOG_LEVELS.indexOf('error')
  return LOG_LEVELS.indexOf(kind === 'warning' || kind === 'reject' ? 'warning' : 'info')
}

const lineRowSchema = z
  .object({ event: z.string(), level: z.number() })
  .transform(({ event, level }): LogLine => logLineSchema.parse({ ...JSON.parse(event), level: LOG_LEVELS[level] }))

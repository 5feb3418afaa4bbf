import { describeFailure, failureFromData } from './failure.ts'
import type { Language, Localized } from './localized.ts'
import type { LogLine, RunState } from './run.ts'
import { toldIn } from './told.ts'

/** What runs are, in words. */
export const RUN_STATE_TITLES: Record<RunState, Localized> = {
  queued: { en: 'queued', zh: '排队中' },
  running: { en: 'running', zh: '运行中' },
  succeeded: { en: 'succeeded', zh: '成功' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  interrupted: { en: 'interrupted', zh: '已中断' },
}

/** How the rows of a run move: what the engine logs at its beginning as one word. */
const STRATEGIES: ReadonlyMap<string, Localized> = new Map([
  ['bytes', { en: "The source's bytes go to the target as they are.", zh: '源的字节原样送入目标。' }],
  [
    'streamed',
    {
      en: 'Rows are transformed and staged in parts while more are read.',
      zh: '数据行分批转换并暂存，同时继续读取。',
    },
  ],
  [
    'set',
    {
      en: 'All sources are read first; then each output is computed at once.',
      zh: '先读完所有源，再一次算出每个输出。',
    },
  ],
])
const STRATEGY_STEP = 'strategy'

/** A line of a log as it is read, without its time: `[node] words — failure`. What is searched in a log is this text. */
export function logText(
  { step, message, state, failure }: Omit<LogLine, 'sequence' | 'at' | 'level'>,
  language: Language,
): string {
  const strategy = step === STRATEGY_STEP ? STRATEGIES.get(message ?? '') : undefined
  if (strategy !== undefined) return strategy[language]
  const words = [
    message === undefined
      ? state === undefined
        ? undefined
        : RUN_STATE_TITLES[state][language]
      : toldIn(message, language),
    failure === undefined
      ? undefined
      : `${failure.code}: ${describeFailure(failureFromData(failure), language).message}`,
  ]
  const text = words.filter((word) => word !== undefined).join(' — ')
  return step === undefined ? text : `[${step}] ${text}`
}

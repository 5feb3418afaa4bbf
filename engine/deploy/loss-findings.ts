import type { Finding } from '../contract/api/server.ts'
import { fill, type Localized } from '../contract/localized.ts'
import type { LossKind, PreflightFinding, PreflightFix } from '../contract/preflight.ts'
import type { RunPorts } from '../run/ports.ts'
import { type PreflightRequest, preflight } from '../run/preflight/preflight.ts'
import { failureFinding, finding } from './findings.ts'

/** Of each source: a push is waited for. */
const LOOKED_AT_ROWS = 100_000

const LOSSES: Readonly<Record<LossKind, Localized>> = {
  overflow: { en: 'does not fit', zh: '超出范围' },
  too_long: { en: 'has too many characters', zh: '字符数过多' },
  too_many_bytes: { en: 'has too many bytes', zh: '字节数过多' },
  precision: { en: 'has more digits than are kept', zh: '位数多于可保留的位数' },
  time_zone: { en: 'has a time zone that is not kept', zh: '带有不会保留的时区' },
  date_range: { en: 'lies outside of the range of dates', zh: '超出日期范围' },
  encoding: { en: 'has characters that the encoding lacks', zh: '含有编码不支持的字符' },
  nul_character: { en: 'has a NUL character', zh: '含有 NUL 字符' },
  not_a_number: { en: 'is NaN or infinite', zh: '是 NaN 或无穷大' },
  equal_keys: { en: 'is equal to another key there', zh: '在目标中与另一个键相等' },
}

const TEXT = {
  loss: {
    en: '{column}: in {count} of the rows looked at the value {loss} ({from} to {to}; {examples}).',
    zh: '{column}：所查看的行中有 {count} 行的值{loss}（{from} 到 {to}；{examples}）。',
  },
  widen: { en: ' Give the column the type {type}.', zh: '请将该列改为类型 {type}。' },
  step: { en: ' Put a {node} step before the target.', zh: '请在目标之前加一个 {node} 步骤。' },
} as const satisfies Record<string, Localized>

/**
 * What the targets of a pipeline would refuse or change of the first rows of its sources. A load that would be refused is an error,
 * unless losses are accepted; that the rows cannot be looked at only a warning, since nothing is known then.
 */
export async function lossFindings(
  request: Omit<PreflightRequest, 'offline' | 'limitRows'>,
  ports: RunPorts,
  { acceptsLoss, signal }: { readonly acceptsLoss: boolean; readonly signal?: AbortSignal | undefined },
): Promise<Finding[]> {
  try {
    const { findings } = await preflight({ ...request, offline: false, limitRows: LOOKED_AT_ROWS }, ports, signal)
    return findings.map((loss) =>
      finding(loss.effect === 'fails' && !acceptsLoss ? 'error' : 'warning', loss.dataset, told(loss)),
    )
  } catch (error) {
    signal?.throwIfAborted()
    return [failureFinding('warning', request.pipelineName, error)]
  }
}

function told(loss: PreflightFinding): Localized {
  return { en: toldIn(loss, 'en'), zh: toldIn(loss, 'zh') }
}

function toldIn({ kind, fixes, examples, ...loss }: PreflightFinding, language: 'en' | 'zh'): string {
  const { column, count, from, to } = loss
  const shown = examples.map((example) => JSON.stringify(example)).join(', ')
  const parts = { column, count, from, to, loss: LOSSES[kind][language], examples: shown }
  const [fix] = fixes
  return fill(TEXT.loss[language], parts) + (fix === undefined ? '' : fixIn(fix, language))
}

function fixIn(fix: PreflightFix, language: 'en' | 'zh'): string {
  return fix.kind === 'widen' ? fill(TEXT.widen[language], fix) : fill(TEXT.step[language], { node: fix.node })
}

import type { TraceReason } from '../../../../engine/contract/biography.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import { cellText } from '../../../ui/grid/cell-text.ts'

type Say = (key: string, values?: Record<string, string>) => string

/** A reason as a sentence. */
export function reasonText(reason: TraceReason, t: Say, told: (text: string) => string): string {
  switch (reason.kind) {
    case 'condition':
      return t('reason.condition', {
        condition: reason.condition,
        value: shown(reason.value),
        operands: reason.operands.map(({ expression, value }) => `${expression} = ${shown(value)}`).join(', '),
      })
    case 'rule':
      return t('reason.rule', {
        rule: reason.rule,
        column: reason.column ?? '',
        value: reason.value ?? 'NULL',
        message: told(reason.message),
      })
    case 'partner':
      return t('reason.partner', { side: reason.side, keys: pairs(reason.keys), partners: reason.partners })
    case 'group':
      return t('reason.group', { keys: pairs(reason.keys), contributors: reason.contributors })
    case 'winner':
      return t('reason.winner', {
        keys: pairs(reason.keys),
        winner: Object.entries(reason.winner)
          .map(([column, value]) => `${column} = ${shown(value)}`)
          .join(', '),
      })
    case 'cut':
      return t('reason.cut', { rows: reason.rows ?? '' })
    case 'untraceable':
      return t(`reason.untraceable.${reason.because}`)
    default:
      return reason satisfies never
  }
}

function pairs(keys: readonly { readonly column: string; readonly value: Cell }[]): string {
  return keys.map(({ column, value }) => `${column} = ${shown(value)}`).join(', ')
}

function shown(value: Cell): string {
  return value === null ? 'NULL' : cellText(value)
}

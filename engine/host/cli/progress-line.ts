import type { RunEvent } from '../../contract/run.ts'
import type { Terminal } from './terminal.ts'
import { cutToWidth } from './width.ts'

const BAR = 24

/** One line on standard error that is written over as a run goes on; nothing where nobody watches. */
export interface ProgressLine {
  show(event: RunEvent): void
  /** Takes the line away, so that results stand alone. */
  clear(): void
}

export function progressLine(terminal: Terminal, isJson: boolean): ProgressLine {
  if (!terminal.isErrorTerminal || isJson) return { show: () => undefined, clear: () => undefined }
  let isShown = false
  return {
    show: (event) => {
      if (event.kind !== 'progress' && event.kind !== 'step') return
      isShown = true
      terminal.writeError(`\r\u001b[2K${cutToWidth(progressText(event), terminal.columns - 1)}`)
    },
    clear: () => {
      if (isShown) terminal.writeError('\r\u001b[2K')
      isShown = false
    },
  }
}

/** `load ███░░ 40 % · 1,200,000 · 310,000/s · 5 s` */
export function progressText({ step, fraction, rows, rowsPerSecond, remainingMs }: RunEvent): string {
  const bar =
    fraction === undefined
      ? undefined
      : `${'█'.repeat(Math.round(fraction * BAR)).padEnd(BAR, '░')} ${Math.floor(fraction * 100)} %`
  return [
    [step, bar].filter((part) => part !== undefined).join(' '),
    rows === undefined ? undefined : grouped(rows),
    rowsPerSecond === undefined ? undefined : `${grouped(String(Math.round(rowsPerSecond)))}/s`,
    remainingMs === undefined ? undefined : `${Math.ceil(remainingMs / 1000)} s`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** Digits in groups of three; text, because counts may exceed 2^53. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow } from 'electron'
import { parseWindowState, type WindowState } from './window-state.ts'

/** The state that was kept in `file`. */
export function keptWindowState(file: string): WindowState | undefined {
  try {
    return parseWindowState(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Writes the window's place when it closes. Losing it in a crash costs a drag, so it is not written durably. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(file, JSON.stringify(state))
    } catch {
      // A folder that cannot be written says so where it matters; the window closes all the same.
    }
  })
}

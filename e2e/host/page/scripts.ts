import { readFileSync } from 'node:fs'
import { setUpMainWorld } from './main-world.ts'
import { setUpPreloadWorld } from './preload-world.ts'

const MARK = JSON.stringify

/** For the page's own world; comes first. */
export function mainWorldScript(mark: string): string {
  return `(${setUpMainWorld.toString()})(${MARK(mark)})`
}

/** For the isolated world, the app's preload script in it. */
export function preloadScript(mark: string, bound: string, file: string): string {
  const source = readFileSync(file, 'utf8')
  const wrapped = `(require, process) => { const module = { exports: {} }; const exports = module.exports;\n${source}\n}`
  return `(${setUpPreloadWorld.toString()})(${MARK(mark)}, ${MARK(bound)}, ${wrapped})`
}

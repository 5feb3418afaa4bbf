import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './run-tool.ts'
import { sourceFiles } from './source-files.ts'
import type { StepResult } from './step.ts'

/** The caps of our style; tests are measured as files only. The share of tests may not fall; our aim for it is 0.6. */
const FILE_CAP = 400
const FILE_MEDIAN = 70
const FILE_P90 = 220
const FUNCTION_CAP = 60
const FUNCTION_P90 = 25
const TEST_SHARE = 0.3
const CASTS_PER_1000 = 3

interface Measured {
  readonly file: string
  readonly lines: number
  /** Lines of each function, the longest of which are named. */
  readonly functions: readonly { readonly name: string; readonly lines: number }[]
  readonly casts: number
}

/** How long files and functions are. Types and lints cannot tell, and what grows unseen is never split. */
export async function checkSizes(): Promise<StepResult> {
  const measured = await Promise.all((await sourceFiles()).map(measure))
  const source = measured.filter((one) => !isTest(one))
  const files = source.map(({ lines }) => lines).toSorted((a, b) => a - b)
  const functions = source.flatMap((one) => one.functions.map(({ lines }) => lines)).toSorted((a, b) => a - b)
  const total = files.reduce((sum, lines) => sum + lines, 0)
  const testShare = measured.filter(isTest).reduce((sum, { lines }) => sum + lines, 0) / total
  const outsideDuck = source.filter(({ file }) => !file.startsWith('engine/duck/'))
  const casts =
    (1_000 * outsideDuck.reduce((sum, one) => sum + one.casts, 0)) /
    outsideDuck.reduce((sum, { lines }) => sum + lines, 0)
  const problems = [
    ...measured.filter(({ lines }) => lines > FILE_CAP).map(({ file, lines }) => `${file}: ${lines} lines`),
    ...source.flatMap(({ file, functions: all }) =>
      all.filter(({ lines }) => lines > FUNCTION_CAP).map(({ name, lines }) => `${file}: ${name} has ${lines} lines`),
    ),
    ...tooLarge('median of files', quantile(files, 0.5), FILE_MEDIAN),
    ...tooLarge('90th percentile of files', quantile(files, 0.9), FILE_P90),
    ...tooLarge('90th percentile of functions', quantile(functions, 0.9), FUNCTION_P90),
    ...tooLarge('casts in 1,000 lines', casts, CASTS_PER_1000),
    ...(testShare < TEST_SHARE ? [`tests are ${testShare.toFixed(2)} of the source; at least ${TEST_SHARE}`] : []),
  ]
  const note =
    `files: median ${quantile(files, 0.5)}, p90 ${quantile(files, 0.9)}, largest ${files.at(-1) ?? 0}; ` +
    `functions: median ${quantile(functions, 0.5)}, p90 ${quantile(functions, 0.9)}, largest ${functions.at(-1) ?? 0}; ` +
    `tests ${testShare.toFixed(2)} of source; ${casts.toFixed(1)} casts in 1,000 lines`
  return { problems, note }
}

function scriptKind(file: string): ts.ScriptKind {
  return file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
}

function isTest({ file }: Measured): boolean {
  return /\.test\.tsx?$|\/testing\/|^e2e\//.test(file)
}

function tooLarge(what: string, found: number, cap: number): string[] {
  return found > cap ? [`${what}: ${found.toFixed(1)}, at most ${cap}`] : []
}

async function measure(file: string): Promise<Measured> {
  const text = await readFile(join(ROOT, file), 'utf8')
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true, scriptKind(file))
  const functions: { name: string; lines: number }[] = []
  let casts = 0
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      functions.push({ name: nameOf(node), lines: linesOf(tree, node) })
    }
    if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) casts += 1
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { file, lines: text.split('\n').length - 1, functions, casts }
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
  return named?.getText() ?? 'a function'
}

/** Lines that hold code, as the lint counts them: blank ones and comments are free. */
function linesOf(tree: ts.SourceFile, node: ts.Node): number {
  const lines = tree.text.slice(node.getStart(tree), node.getEnd()).split('\n')
  return lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

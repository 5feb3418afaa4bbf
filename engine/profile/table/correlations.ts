import type { TableProfile } from '../../contract/profile/table-profile.ts'
import type { CodedColumn, CodeMatrix } from './code-matrix.ts'

type Correlation = TableProfile['correlations']['found'][number]

const TOLD = 0.3
const MOST = 40
/** Columns with more values are no categories. */
const CATEGORIES = 60
const LEAST_ROWS = 10

/** Numbers by Pearson and by Spearman, categories by Cramér's V; weak ones are left out. Strongest first. */
export function correlations({ rows, columns }: CodeMatrix): Correlation[] {
  const found: Correlation[] = []
  columns.forEach((a, i) => {
    for (const b of columns.slice(i + 1)) {
      const names: [string, string] = [a.name, b.name]
      if (a.numbers !== undefined && b.numbers !== undefined) {
        found.push({ columns: names, method: 'pearson', value: pearson(a.numbers, b.numbers) })
        found.push({ columns: names, method: 'spearman', value: spearman(a, b) })
      } else if (isCategory(a) && isCategory(b)) {
        found.push({ columns: names, method: 'cramers_v', value: cramersV(a, b, rows) })
      }
    }
  })
  return found
    .filter(({ value }) => Math.abs(value) >= TOLD)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MOST)
}

/** Of the rows where both are numbers; NaN when there are too few or one of them is constant. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [n, meanA, meanB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    const [fromA, fromB] = [x - meanA, y - meanB]
    meanA += fromA / n
    meanB += fromB / n
    sumAA += fromA * (x - meanA)
    sumBB += fromB * (y - meanB)
    sumAB += fromA * (y - meanB)
  }
  return n < LEAST_ROWS || sumAA === 0 || sumBB === 0 ? Number.NaN : clamped(sumAB / Math.sqrt(sumAA * sumBB))
}

/** Pearson's coefficient of the ranks, equal values sharing the mean of theirs. */
function spearman(a: CodedColumn, b: CodedColumn): number {
  const isBoth = (i: number): boolean => a.codes[i] !== 0 && b.codes[i] !== 0
  return pearson(ranks(a, isBoth), ranks(b, isBoth))
}

function ranks({ codes, values }: CodedColumn, isCounted: (row: number) => boolean): Float64Array {
  const counts = new Float64Array(values + 1)
  codes.forEach((code, i) => {
    if (isCounted(i)) counts[code] = (counts[code] ?? 0) + 1
  })
  let before = 0
  const rankOf = counts.map((count) => {
    const rank = before + (count + 1) / 2
    before += count
    return rank
  })
  return Float64Array.from(codes, (code, i) => (isCounted(i) ? (rankOf[code] ?? 0) : Number.NaN))
}

/** Bias corrected (Bergsma 2013). Rows without one of the values are left out. */
export function cramersV(a: CodedColumn, b: CodedColumn, rows: number): number {
  const cells = new Map<number, number>()
  const [ofA, ofB] = [new Float64Array(a.values + 1), new Float64Array(b.values + 1)]
  let n = 0
  for (let i = 0; i < rows; i++) {
    const [x, y] = [a.codes[i] ?? 0, b.codes[i] ?? 0]
    if (x === 0 || y === 0) continue
    n++
    ofA[x] = (ofA[x] ?? 0) + 1
    ofB[y] = (ofB[y] ?? 0) + 1
    cells.set(x * (b.values + 1) + y, (cells.get(x * (b.values + 1) + y) ?? 0) + 1)
  }
  if (n < LEAST_ROWS) return Number.NaN
  let sum = 0
  for (const [key, count] of cells)
    sum += count ** 2 / ((ofA[Math.floor(key / (b.values + 1))] ?? 1) * (ofB[key % (b.values + 1)] ?? 1))
  const phi2 = sum - 1
  const [r, k] = [present(ofA), present(ofB)]
  const corrected = Math.max(0, phi2 - ((r - 1) * (k - 1)) / (n - 1))
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
  return least <= 0 ? Number.NaN : clamped(Math.sqrt(corrected / least))
}

function present(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
}

function isCategory({ values, numbers }: CodedColumn): boolean {
  return values >= 2 && values <= CATEGORIES && (numbers === undefined || values <= CATEGORIES / 4)
}

function clamped(value: number): number {
  return Math.max(-1, Math.min(1, value))
}

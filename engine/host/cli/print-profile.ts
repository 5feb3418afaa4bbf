import type { Language } from '../../contract/localized.ts'
import { changeText } from '../../contract/profile/change-texts.ts'
import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import type { Comparison } from '../../contract/profile/comparison.ts'
import { findingText, grouped, harmText, percent } from '../../contract/profile/finding-texts.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import type { Output } from './output.ts'
import { printTable } from './table.ts'
import { visibleText } from './width.ts'

const COLUMNS = [
  { name: 'column', type: 'VARCHAR' },
  { name: 'type', type: 'VARCHAR' },
  { name: 'null', type: 'DOUBLE' },
  { name: 'distinct', type: 'DOUBLE' },
  { name: 'min', type: 'VARCHAR' },
  { name: 'median', type: 'VARCHAR' },
  { name: 'max', type: 'VARCHAR' },
  { name: 'top', type: 'VARCHAR' },
]

export interface PrintedProfile {
  readonly profile: Profile
  readonly comparison: Comparison | undefined
  readonly reportFile: string | undefined
}

const SCOPES = {
  whole: 'profileWhole',
  first_rows: 'profileFirst',
  sample: 'profileRandom',
  snapshot_part: 'profileSnapshotPart',
} as const

/** A table of the columns, what stands out, what changed. */
export function printProfile(
  { profile, comparison, reportFile }: PrintedProfile,
  output: Output,
  language: Language,
): string {
  const { scope, basis, columns, findings, warnings } = profile
  const lines = [
    output.say('profileRows', {
      rows: grouped(scope.rows),
      columns: columns.length,
      scope: output.say(SCOPES[scope.isWhole ? 'whole' : (scope.part ?? 'first_rows')]),
    }),
    ...(basis.isSample
      ? [output.say('profileSampled', { rows: grouped(basis.rows), error: percent(basis.shareError) })]
      : []),
    '',
    printTable(
      COLUMNS,
      columns.map((column) => rowOf(column, profile)),
      { ...output, cellWidth: 24 },
    ),
    '',
    ...(findings.length === 0
      ? [output.say('profileClean')]
      : [output.say('profileFindings', { count: findings.length })]),
    ...findings.map(
      (finding) => `  ${harmText(finding.harm, language)}: ${visibleText(findingText(finding, language))}`,
    ),
    ...changeLines(comparison, output, language),
    ...warnings.map((text) => output.say('warning', { text: visibleText(output.told(text)) })),
    ...(reportFile === undefined ? [] : [output.say('profileReport', { file: reportFile })]),
  ]
  return lines.join('\n')
}

function rowOf({ name, type, exact, detail }: ColumnProfile, { scope }: Profile): string[] {
  const median = (detail.number ?? detail.time)?.quantiles.find(({ at }) => at === 0.5)?.value
  const [top] = detail.top.filter(({ count }) => count > 1)
  return [
    name,
    type,
    percent(scope.rows === 0 ? 0 : exact.nulls / scope.rows),
    `${exact.distinct.error === 0 ? '' : '≈ '}${grouped(exact.distinct.count)}`,
    exact.min ?? '',
    median ?? '',
    exact.max ?? '',
    top === undefined ? '' : `${top.value} (${grouped(top.count)})`,
  ]
}

function changeLines(comparison: Comparison | undefined, output: Output, language: Language): string[] {
  if (comparison === undefined) return []
  const at = comparison.before.takenAt
  const beyond = comparison.changes.filter(({ isBeyond }) => isBeyond)
  if (beyond.length === 0) return ['', output.say('profileUnchanged', { at })]
  return [
    '',
    output.say('profileChanges', { at }),
    ...beyond.map((change) => `  ${visibleText(changeText(change, language))}`),
  ]
}

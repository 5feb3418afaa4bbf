import { describe, expect, it } from 'vitest'
import type { DiagnosisStage } from '../../../engine/contract/diagnosis.ts'
import { shownStages, verdict } from './diagnosis.ts'

const stage = (name: DiagnosisStage['stage'], outcome: DiagnosisStage['outcome'] = 'ok'): DiagnosisStage => ({
  stage: name,
  outcome,
  elapsedMs: 1,
})

describe('stages of a self-test', () => {
  it.each<[string, DiagnosisStage[], boolean, string]>([
    ['nothing yet', [], false, 'running waiting waiting waiting waiting waiting waiting'],
    ['one ended', [stage('dns')], false, 'ok running waiting waiting waiting waiting waiting'],
    [
      'one failed',
      [stage('dns'), stage('tcp', 'failed'), stage('tls', 'skipped')],
      false,
      'ok failed blocked running waiting waiting waiting',
    ],
    ['one does not apply', [stage('dns'), stage('tls', 'skipped')], true, 'ok skipped'],
    ['over with fewer stages', [stage('read')], true, 'ok'],
  ])('%s', (_case, found, isOver, expected) => {
    expect(
      shownStages(found, isOver)
        .map(({ outcome }) => outcome)
        .join(' '),
    ).toBe(expected)
  })

  it.each<[string, DiagnosisStage[], boolean, string | undefined]>([
    ['goes on', [stage('dns')], false, undefined],
    ['is sound when all ended well', [stage('dns'), stage('change_log', 'skipped')], true, 'ok'],
    ['failed as soon as one did', [stage('dns', 'failed')], false, 'failed'],
  ])('the verdict %s', (_case, found, isOver, expected) => {
    expect(verdict(found, isOver)).toBe(expected)
  })
})

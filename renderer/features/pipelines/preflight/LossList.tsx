import { App as AntApp, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreflightFinding, PreflightFix } from '../../../../engine/contract/preflight.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useEditor } from '../document/use-editor.ts'
import { withFix } from './apply-fix.ts'
import styles from './Preflight.module.css'

/** Those that would fail first. What was mended says so until it is looked at again. */
export function LossList({ findings }: { readonly findings: readonly PreflightFinding[] }) {
  const [mended, setMended] = useState<ReadonlySet<PreflightFinding>>(NONE)
  return (
    <ul className={styles['findings']}>
      {findings.map((finding) => (
        <LossLine
          key={`${finding.node} ${finding.column} ${finding.kind}`}
          finding={finding}
          isMended={mended.has(finding)}
          onMended={() => setMended(new Set([...mended, finding]))}
        />
      ))}
    </ul>
  )
}

const NONE: ReadonlySet<PreflightFinding> = new Set()

interface LossLineProps {
  readonly finding: PreflightFinding
  readonly isMended: boolean
  readonly onMended: () => void
}

function LossLine({ finding, isMended, onMended }: LossLineProps) {
  const { t } = useTranslation('pipelines')
  const formats = useFormats()
  const { node, column, kind, effect, from, to, count, examples, fixes } = finding
  const { editor } = useEditor()
  return (
    <li data-effect={effect} data-mended={isMended}>
      <small>{t(`preflight.effect.${effect}`)}</small>
      <div className={styles['what']}>
        <p>
          <Button type="link" size="small" onClick={() => editor.select([node])}>
            <bdi>{`${node}.${column}`}</bdi>
          </Button>
          <span>
            {t(`preflight.kind.${kind}`, { count: Number(count), rows: formats.number(count), to })}{' '}
            <code>{`${from} → ${to}`}</code>
          </span>
        </p>
        {examples.length > 0 && (
          <p className={styles['examples']}>
            {t('preflight.examples')}{' '}
            {examples.map((example) => (
              <bdi key={example}>
                <code>{example}</code>
              </bdi>
            ))}
          </p>
        )}
      </div>
      <div className={styles['acts']}>
        {isMended && <small role="status">{t('preflight.mended')}</small>}
        {fixes.map((fix) => (
          <FixButton
            key={JSON.stringify(fix)}
            {...{ finding, fix, onMended }}
            isDisabled={isMended && !isForOwner(fix)}
          />
        ))}
      </div>
    </li>
  )
}

interface FixButtonProps extends Pick<LossLineProps, 'finding' | 'onMended'> {
  readonly fix: PreflightFix
  readonly isDisabled: boolean
}

function FixButton({ finding, fix, isDisabled, onMended }: FixButtonProps) {
  const { t } = useTranslation('pipelines')
  const { editor, catalogue } = useEditor()
  const { message } = AntApp.useApp()
  const apply = async (): Promise<void> => {
    if (fix.kind === 'widen' && fix.statement !== undefined) {
      await navigator.clipboard.writeText(fix.statement).then(
        () => message.success(t('preflight.copied')),
        () => message.error(t('canvas.clipboardFailed')),
      )
      return
    }
    const fixed = withFix(editor.store.getState().document, finding, fix, catalogue)
    if (fixed === undefined) return void message.info(t('preflight.gone', { node: finding.node }))
    editor.change(() => fixed.document)
    editor.select([fixed.node])
    onMended()
  }
  const said = isForOwner(fix)
    ? t('preflight.fix.copy')
    : fix.kind === 'widen'
      ? t('preflight.fix.widen', { type: fix.type })
      : t(`preflight.fix.${fix.kind}`)
  return (
    <Button size="small" disabled={isDisabled} title={titleOf(fix)} onClick={() => void apply()}>
      {said}
    </Button>
  )
}

function isForOwner(fix: PreflightFix): boolean {
  return fix.kind === 'widen' && fix.statement !== undefined
}

function titleOf(fix: PreflightFix): string {
  return fix.kind === 'widen' ? (fix.statement ?? fix.type) : `${fix.node} ${JSON.stringify(fix.config)}`
}

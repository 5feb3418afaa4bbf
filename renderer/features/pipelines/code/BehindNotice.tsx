import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { rewriteText } from '../document/follow.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import styles from './Code.module.css'

/** Says, in every view, that the text is no pipeline: the drawing keeps the last one, and what is drawn is joined when it is one again. */
export function BehindNotice({ onShowText }: { readonly onShowText: (() => void) | undefined }) {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const engine = useEngine()
  const isBroken = useEditorState((state) => state.reading === 'broken')
  if (!isBroken) return null
  return (
    <div role="status" className={styles['behind']}>
      <span>{t('code.behind')}</span>
      {onShowText !== undefined && (
        <Button size="small" type="link" onClick={onShowText}>
          {t('code.show')}
        </Button>
      )}
      <Button size="small" type="link" onClick={() => void rewriteText(engine.pipelines, editor)}>
        {t('code.rewrite')}
      </Button>
    </div>
  )
}

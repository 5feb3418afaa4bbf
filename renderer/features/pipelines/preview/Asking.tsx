import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { Button, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Preview } from '../../../../engine/contract/api/pipelines.ts'
import type { Answer } from '../../../app/rpc/use-answer.ts'
import { useEditorState } from '../document/use-editor.ts'
import styles from './Preview.module.css'

interface AskingProps {
  readonly output: string
  readonly preview: Answer<Preview>
}

/** That rows are being computed, and the way to stop it; then the way to go on. */
export function Asking({ output, preview }: AskingProps) {
  const { t } = useTranslation('pipelines')
  const queries = useQueryClient()
  const pipeline = useEditorState((state) => state.pipeline)
  const queryKey = ['preview', pipeline, output]
  const isAsking = useIsFetching({ queryKey }) > 0
  const isWaiting = preview.state === 'loading' || (preview.state === 'ready' && preview.isStale)
  if (!isWaiting) return null
  return (
    <span className={styles['asking']} role="status">
      {isAsking ? (
        <>
          <Spin size="small" />
          <Button size="small" onClick={() => void queries.cancelQueries({ queryKey })}>
            {t('preview.stop')}
          </Button>
        </>
      ) : (
        <>
          {t('preview.stopped')}
          <Button size="small" onClick={() => void queries.refetchQueries({ queryKey, type: 'active' })}>
            {t('preview.again')}
          </Button>
        </>
      )}
    </span>
  )
}

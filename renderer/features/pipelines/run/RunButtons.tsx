import { PlayCircleOutlined, SettingOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { useEditor } from '../document/use-editor.ts'
import { RunDialog } from './RunDialog.tsx'
import type { useStartRun } from './use-start-run.ts'

/** Run as it ran last, or with other values. */
export function RunButtons({ run }: { readonly run: ReturnType<typeof useStartRun> }) {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const { pipeline, document } = editor.store.getState()
  return (
    <>
      <IconButton label={t('run.options')} icon={<SettingOutlined aria-hidden />} onClick={run.ask} />
      <BusyButton
        size="small"
        type="primary"
        icon={<PlayCircleOutlined aria-hidden />}
        isBusy={run.isStarting}
        onClick={run.start}
      >
        {t('run')}
      </BusyButton>
      {run.asked !== undefined && (
        <RunDialog
          pipeline={pipeline}
          document={document}
          initial={run.asked}
          onRun={run.answer}
          onCancel={() => run.answer(undefined)}
        />
      )}
    </>
  )
}

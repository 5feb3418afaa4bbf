import { Button, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { StudioSettings } from '../../../engine/contract/api/studio.ts'
import { useChoosePath } from '../../app/host/choose-path.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Settings.module.css'

/** How much of the machine the engine may use, and where its extensions lie. */
export function EngineSection() {
  const { t } = useTranslation('settings')
  const stored = useAnswer(['studio', 'settings'], (engine, signal) =>
    engine.studio.settings.get(undefined, { signal }),
  )
  return (
    <section aria-labelledby="engine">
      <h2 id="engine">{t('engine')}</h2>
      {stored.state === 'loading' && <Skeleton rows={3} />}
      {stored.state === 'failed' && <FailureNotice failure={stored.failure} onRetry={stored.retry} />}
      {stored.state === 'ready' && <EngineForm stored={stored.data} />}
    </section>
  )
}

function EngineForm({ stored }: { readonly stored: StudioSettings }) {
  const { t } = useTranslation('settings')
  const choose = useChoosePath()
  const saving = useAct((engine, next: StudioSettings) => engine.studio.settings.set(next), ['studio'])
  const set = (name: 'memoryLimitMb' | 'threads', value: number | null): void => {
    const { [name]: _, ...others } = stored
    void saving.run(value === null ? others : { ...others, [name]: value })
  }
  const chooseFolder = async (): Promise<void> => {
    const folder = await choose({ kind: 'folder', title: t('extensions'), action: t('extensions.choose') })
    if (folder !== undefined) await saving.run({ ...stored, extensionFolder: folder })
  }
  return (
    <>
      <label className={styles['line']}>
        {t('memory')}
        <InputNumber
          min={128}
          step={256}
          placeholder={t('automatic')}
          value={stored.memoryLimitMb ?? null}
          changeOnWheel={false}
          onChange={(value) => set('memoryLimitMb', value)}
        />
      </label>
      <label className={styles['line']}>
        {t('threads')}
        <InputNumber
          min={1}
          placeholder={t('automatic')}
          value={stored.threads ?? null}
          changeOnWheel={false}
          onChange={(value) => set('threads', value)}
        />
      </label>
      <div className={styles['line']}>
        <span>
          {t('extensions')} <bdi>{stored.extensionFolder ?? t('extensions.none')}</bdi>
        </span>
        <Button onClick={() => void chooseFolder()}>{t('extensions.choose')}</Button>
      </div>
      <p className={styles['note']}>{t('engine.note')}</p>
      {saving.failure !== undefined && <FailureNotice failure={saving.failure} />}
    </>
  )
}

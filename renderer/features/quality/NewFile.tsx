import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngineClient } from '../../../engine/contract/api.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { ListTools } from '../../ui/named-list/NamedList.tsx'

interface NewFileProps {
  /** Of the tab it opens in. */
  readonly kind: 'policy' | 'standard'
  readonly area: string
  /** Writes the file it begins as. */
  readonly create: (engine: EngineClient, name: string) => Promise<unknown>
}

/** Asks for a name, makes the file and opens it. */
export function NewFile({ kind, area, create }: NewFileProps) {
  const { t } = useTranslation('quality')
  const { openTab } = useWorkbench()
  const [name, setName] = useState('')
  const act = useAct(create, [area])
  const make = async (): Promise<void> => {
    if ((await act.run(name)) === undefined) return
    setName('')
    openTab({ kind, params: { name } })
  }
  return (
    <ListTools>
      <Input
        size="small"
        aria-label={t(`new.${kind}`)}
        placeholder={t(`new.${kind}`)}
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={() => name !== '' && void make()}
      />
      <BusyButton size="small" disabled={name === ''} isBusy={act.isRunning} onClick={() => void make()}>
        {t('new.go')}
      </BusyButton>
      {act.failure !== undefined && <FailureNotice failure={act.failure} />}
    </ListTools>
  )
}

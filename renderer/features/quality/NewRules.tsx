import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rulesName } from '../../../engine/contract/rules-name.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { ListTools } from '../../ui/named-list/NamedList.tsx'

/** Opens the rules of a dataset where there are some. New ones begin with the one that nobody objects to: that it has rows. */
export function NewRules() {
  const { t } = useTranslation('quality')
  const { openTab } = useWorkbench()
  const [dataset, setDataset] = useState('')
  const name = rulesName(dataset)
  const all = useAnswer(['quality', 'list'], (engine, signal) => engine.quality.list(undefined, { signal }))
  const isThere = all.state === 'ready' && all.data.some((file) => file.name === name)
  const create = useAct(
    (engine, rules: string) =>
      engine.quality.save({
        rules,
        content: { document: { version: 1, dataset, rules: [{ check: 'row_count', min: 1, severity: 'error' }] } },
      }),
    ['quality'],
  )
  const make = async (): Promise<void> => {
    if (name === undefined || (!isThere && (await create.run(name)) === undefined)) return
    setDataset('')
    openTab({ kind: 'rules', params: { name } })
  }
  return (
    <ListTools>
      <Input
        size="small"
        aria-label={t('new.dataset')}
        placeholder={t('new.dataset')}
        spellCheck={false}
        value={dataset}
        onChange={(event) => setDataset(event.target.value)}
        onPressEnter={() => void make()}
      />
      <BusyButton size="small" disabled={name === undefined} isBusy={create.isRunning} onClick={() => void make()}>
        {t('new.go')}
      </BusyButton>
      {create.failure !== undefined && <FailureNotice failure={create.failure} />}
    </ListTools>
  )
}

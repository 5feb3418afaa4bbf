import { useTranslation } from 'react-i18next'
import type { WrittenRule } from '../../../../engine/contract/rule.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'

interface MakeRuleButtonProps {
  readonly dataset: string
  readonly rule: WrittenRule
}

/** Writes a check to the rules of a dataset, and opens them. */
export function MakeRuleButton({ dataset, rule }: MakeRuleButtonProps) {
  const { t } = useTranslation('datasets')
  const { openTab } = useWorkbench()
  const add = useAct((engine) => engine.quality.add({ dataset, rules: [rule] }), ['quality'])
  const make = async (): Promise<void> => {
    const written = await add.run(undefined)
    if (written !== undefined) openTab({ kind: 'rules', params: { name: written.rules } })
  }
  return (
    <>
      <BusyButton size="small" isBusy={add.isRunning} onClick={() => void make()}>
        {t('profile.remedy.rule')}
      </BusyButton>
      {add.failure !== undefined && <FailureNotice failure={add.failure} />}
    </>
  )
}

import { CheckOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { type PersonalClass, personalClassSchema } from '../../../../engine/contract/personal-class.ts'
import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import { suggestedReading } from '../../../../engine/contract/profile/personal-finding.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import styles from './Profile.module.css'

interface PersonalClassButtonProps {
  readonly column: ColumnProfile
  readonly dataset: string
}

/** Whether a column holds personal data: what its values suggest, until a person says it; that is kept in the workspace. */
export function PersonalClassButton({ column, dataset }: PersonalClassButtonProps) {
  const { t } = useTranslation('datasets')
  const { name, confirmed } = column
  const say = useAct(
    (engine, level: PersonalClass | undefined) =>
      engine.masking.confirm({ dataset, column: name, ...(level === undefined ? {} : { class: level }) }),
    ['masking', 'workspace'],
  )
  const shown = confirmed ?? suggestedReading(column)?.class ?? 'none'
  const items = [
    ...personalClassSchema.options.map((level) => ({ key: level, label: t(`profile.class.${level}`) })),
    ...(confirmed === undefined ? [] : [{ key: 'back', label: t('profile.class.back') }]),
  ]
  const what = t(`profile.class.${shown}`)
  const isAsked = confirmed === undefined
  const text = !isAsked ? what : shown === 'none' ? t('profile.class.mark') : t('profile.class.ask', { what })
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          selectable: true,
          selectedKeys: confirmed === undefined ? [] : [confirmed],
          onClick: ({ key }) => void say.run(personalClassSchema.safeParse(key).data),
        }}
      >
        <BusyButton
          size="small"
          type="text"
          className={styles['personal'] ?? ''}
          data-class={shown}
          isBusy={say.isRunning}
          icon={isAsked ? undefined : <CheckOutlined aria-hidden />}
          aria-label={t(isAsked ? 'profile.class.of' : 'profile.class.confirmed', { column: name, what: text })}
        >
          {text}
        </BusyButton>
      </Dropdown>
      {say.failure !== undefined && <FailureNotice failure={say.failure} />}
    </>
  )
}

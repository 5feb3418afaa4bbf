import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../app/rpc/use-act.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import styles from './Servers.module.css'

interface Server {
  readonly name: string
  readonly url: string
  readonly token: string
}

/** Name, address and token of a server. It is asked at once: only one that answers is remembered. */
export function AddServer({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('servers')
  const add = useAct(
    (engine, server: Server) => engine.servers.add({ ...server, token: server.token.trim() }),
    ['servers', 'workspace'],
  )
  const submit = async (server: Server): Promise<void> => {
    if ((await add.run(server)) !== undefined) onDone()
  }
  const required = [{ required: true, message: t('required') }]
  return (
    <Form<Server>
      layout="vertical"
      size="small"
      className={styles['form'] ?? ''}
      requiredMark={false}
      onFinish={(server) => void submit(server)}
    >
      <Form.Item
        name="name"
        label={t('field.name')}
        rules={[...required, { pattern: /^[\w-]{1,64}$/, message: t('field.nameHelp') }]}
      >
        <Input spellCheck={false} />
      </Form.Item>
      <Form.Item name="url" label={t('field.url')} rules={required}>
        <Input spellCheck={false} inputMode="url" />
      </Form.Item>
      <Form.Item name="token" label={t('field.token')} rules={required} extra={t('field.tokenHelp')}>
        <Input.Password autoComplete="off" />
      </Form.Item>
      <BusyButton type="primary" htmlType="submit" isBusy={add.isRunning}>
        {t('addGo')}
      </BusyButton>
      {add.failure !== undefined && <FailureNotice failure={add.failure} />}
    </Form>
  )
}

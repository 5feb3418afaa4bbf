import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../app/rpc/use-act.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import styles from './Servers.module.css'
import { TextFileButton } from './TextFileButton.tsx'

interface Server {
  readonly name: string
  readonly url: string
  readonly token: string
  readonly ca?: string
}

/** Name, address and token of a server. It is asked at once: only one that answers is remembered. */
export function AddServer({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('servers')
  const add = useAct(
    (engine, { ca = '', ...server }: Server) =>
      engine.servers.add({ ...server, token: server.token.trim(), ...(ca.trim() === '' ? {} : { ca }) }),
    ['servers', 'workspace'],
  )
  const submit = async (server: Server): Promise<void> => {
    if ((await add.run(server)) !== undefined) onDone()
  }
  const [form] = Form.useForm<Server>()
  const required = [{ required: true, message: t('required') }]
  return (
    <Form<Server>
      form={form}
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
      <Form.Item name="ca" label={t('field.ca')} extra={t('field.caHelp')}>
        <Input.TextArea spellCheck={false} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t('field.caBegins')} />
      </Form.Item>
      <Form.Item>
        <TextFileButton
          label={t('field.caFile')}
          accept=".pem,.crt,.cer"
          onText={(ca) => form.setFieldsValue({ ca })}
        />
      </Form.Item>
      <BusyButton type="primary" htmlType="submit" isBusy={add.isRunning}>
        {t('addGo')}
      </BusyButton>
      {add.failure !== undefined && <FailureNotice failure={add.failure} />}
    </Form>
  )
}

import { Button, Form, Input, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { keepToken } from '../early/token.ts'
import styles from './EntryPage.module.css'

interface LoginPageProps {
  readonly isRefused: boolean
  readonly onLogin: () => void
}

/** Asks for the server's token. It is kept in this tab only. */
export function LoginPage({ isRefused, onLogin }: LoginPageProps) {
  const { t } = useTranslation('app')
  const login = ({ token }: { readonly token: string }): void => {
    keepToken(token.trim())
    onLogin()
  }
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <Typography.Title level={1}>{t('login.title')}</Typography.Title>
        <Typography.Paragraph>{t('login.detail')}</Typography.Paragraph>
        <Form layout="vertical" onFinish={login} requiredMark={false}>
          <Form.Item
            name="token"
            label={t('login.token')}
            rules={[{ required: true, message: t('login.required') }]}
            {...(isRefused ? { validateStatus: 'error' as const, help: t('login.refused') } : {})}
          >
            <Input.Password autoFocus autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block>
            {t('login.go')}
          </Button>
        </Form>
      </div>
    </main>
  )
}

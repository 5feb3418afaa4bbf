import type { ConnectorForm } from '../api/form.ts'

/** What forms say about the settings and options. */
export const mysqlForm: ConnectorForm = {
  group: 'database',
  config: {
    host: {
      titles: { en: 'Host', zh: '主机' },
      descriptions: { en: 'Name or address of the server.', zh: '服务器的名称或地址。' },
    },
    port: {
      titles: { en: 'Port', zh: '端口' },
      descriptions: { en: '3306 unless the server is set up otherwise.', zh: '一般为 3306。' },
    },
    user: {
      titles: { en: 'User', zh: '用户' },
      descriptions: { en: 'The account to connect as.', zh: '用于连接的账户。' },
    },
    database: {
      titles: { en: 'Database', zh: '数据库' },
      descriptions: { en: 'Where names without a database are looked up.', zh: '未写数据库的名称在此查找。' },
    },
    tls: {
      titles: { en: 'Encryption (TLS)', zh: '加密（TLS）' },
      descriptions: { en: 'How the connection is protected.', zh: '连接的保护方式。' },
      enumTitles: {
        verify: { en: 'Verify certificate and host name', zh: '验证证书和主机名' },
        require: { en: 'Encrypt without verifying', zh: '加密但不验证' },
        off: { en: 'No encryption', zh: '不加密' },
      },
    },
    connectTimeoutMs: {
      titles: { en: 'Connect timeout (ms)', zh: '连接超时（毫秒）' },
      descriptions: { en: 'How long to wait for the server to answer.', zh: '等待服务器响应的时间。' },
    },
  },
  secrets: {
    password: {
      titles: { en: 'Password', zh: '密码' },
      descriptions: { en: 'Kept in the secret store, never in the file.', zh: '保存在密钥库中，不写入文件。' },
      isRequired: false,
    },
  },
  source: {
    query: {
      titles: { en: 'Query', zh: '查询' },
      descriptions: {
        en: 'One SELECT that is read instead of a table, in a read-only transaction.',
        zh: '以一条 SELECT 代替表，在只读事务中读取。',
      },
    },
    invalidDates: {
      titles: { en: 'Invalid dates', zh: '无效日期' },
      descriptions: {
        en: 'Dates that no calendar has, such as 0000-00-00.',
        zh: '日历中不存在的日期，例如 0000-00-00。',
      },
      enumTitles: {
        reject: { en: 'Refuse the row', zh: '拒绝该行' },
        null: { en: 'Read as NULL', zh: '读作空值' },
        text: { en: 'Read all dates as text', zh: '所有日期按文本读取' },
      },
    },
  },
  target: {
    connections: {
      titles: { en: 'Connections', zh: '连接数' },
      descriptions: { en: 'Connections that load at the same time.', zh: '同时写入的连接数。' },
    },
  },
}

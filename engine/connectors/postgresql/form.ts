import type { ConnectorForm } from '../api/form.ts'

/** What forms say about the settings and options. */
export const postgresqlForm: ConnectorForm = {
  group: 'database',
  config: {
    host: {
      titles: { en: 'Host', zh: '主机' },
      descriptions: { en: 'Name or address of the server.', zh: '服务器的名称或地址。' },
    },
    port: {
      titles: { en: 'Port', zh: '端口' },
      descriptions: { en: '5432 unless the server is set up otherwise.', zh: '一般为 5432。' },
    },
    database: {
      titles: { en: 'Database', zh: '数据库' },
      descriptions: { en: 'The database to connect to.', zh: '要连接的数据库。' },
    },
    user: {
      titles: { en: 'User', zh: '用户' },
      descriptions: { en: 'The role to connect as.', zh: '用于连接的角色。' },
    },
    schema: {
      titles: { en: 'Schema', zh: '模式' },
      descriptions: {
        en: 'Where names without a schema are looked up and new tables go.',
        zh: '未写模式的名称在此查找，新表也建在此处。',
      },
    },
    tls: {
      titles: { en: 'Encryption (TLS)', zh: '加密（TLS）' },
      descriptions: { en: 'How the connection is protected.', zh: '连接的保护方式。' },
    },
    'tls.mode': {
      titles: { en: 'Mode', zh: '方式' },
      descriptions: {
        en: 'Verify in full unless the server has no certificate of a known authority.',
        zh: '除非服务器没有受信任的证书，否则请使用完整验证。',
      },
      enumTitles: {
        'verify-full': { en: 'Verify certificate and host name', zh: '验证证书和主机名' },
        'verify-ca': { en: 'Verify certificate', zh: '仅验证证书' },
        require: { en: 'Encrypt without verifying', zh: '加密但不验证' },
        disable: { en: 'No encryption', zh: '不加密' },
      },
    },
    'tls.ca': {
      titles: { en: 'Authority certificate', zh: 'CA 证书' },
      descriptions: {
        en: 'PEM text of the certificates to trust; those of the system when empty.',
        zh: '要信任的证书（PEM 文本）；留空则使用系统证书。',
      },
    },
    applicationName: {
      titles: { en: 'Application name', zh: '应用名称' },
      descriptions: { en: 'How the server lists these connections.', zh: '服务器中显示的连接名称。' },
    },
    connectTimeoutMs: {
      titles: { en: 'Connect timeout (ms)', zh: '连接超时（毫秒）' },
      descriptions: { en: 'How long to wait for the server to answer.', zh: '等待服务器响应的时间。' },
    },
    statementTimeoutMs: {
      titles: { en: 'Statement timeout (ms)', zh: '语句超时（毫秒）' },
      descriptions: {
        en: 'The server ends a statement that runs longer; no limit when empty.',
        zh: '超过此时间的语句由服务器终止；留空则不限。',
      },
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
    streams: {
      titles: { en: 'Streams', zh: '并行读取数' },
      descriptions: {
        en: 'Connections that read one large table at the same time, on one snapshot.',
        zh: '在同一快照上同时读取一张大表的连接数。',
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

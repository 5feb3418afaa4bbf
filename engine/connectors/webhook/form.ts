import type { ConnectorForm } from '../api/form.ts'

/** What forms say about the settings and options. */
export const webhookForm: ConnectorForm = {
  group: 'queue',
  config: {
    file: {
      titles: { en: 'File of the deliveries', zh: '投递存储文件' },
      descriptions: {
        en: 'Where deliveries are kept on the server; a relative path begins at the workspace.',
        zh: '投递内容在服务器上的存放位置；相对路径从工作区开始。',
      },
    },
    scheme: {
      titles: { en: 'Signature', zh: '签名方式' },
      descriptions: { en: 'How the sender signs.', zh: '发送方的签名方式。' },
      enumTitles: {
        hmac: { en: 'HMAC of the body (GitHub, Shopify and most)', zh: '请求体的 HMAC（GitHub、Shopify 等多数系统）' },
        'standard-webhooks': { en: 'Standard Webhooks', zh: 'Standard Webhooks 规范' },
        stripe: { en: 'As Stripe does', zh: 'Stripe 方式' },
      },
    },
    hmac: {
      titles: { en: 'HMAC', zh: 'HMAC' },
      descriptions: { en: 'Where the signature stands and how it is made.', zh: '签名所在位置及其算法。' },
    },
    'hmac.header': {
      titles: { en: 'Header of the signature', zh: '签名请求头' },
      descriptions: { en: 'For example X-Hub-Signature-256.', zh: '例如 X-Hub-Signature-256。' },
    },
    'hmac.algorithm': {
      titles: { en: 'Algorithm', zh: '算法' },
      descriptions: { en: 'SHA-256 unless the sender says otherwise.', zh: '发送方未另行说明时使用 SHA-256。' },
      enumTitles: {
        sha256: { en: 'SHA-256', zh: 'SHA-256' },
        sha512: { en: 'SHA-512', zh: 'SHA-512' },
        sha1: { en: 'SHA-1', zh: 'SHA-1' },
      },
    },
    'hmac.encoding': {
      titles: { en: 'Written as', zh: '编码形式' },
      descriptions: { en: 'How the signature is written.', zh: '签名的书写形式。' },
      enumTitles: { hex: { en: 'Hexadecimal', zh: '十六进制' }, base64: { en: 'Base64', zh: 'Base64' } },
    },
    'hmac.prefix': {
      titles: { en: 'Prefix', zh: '前缀' },
      descriptions: {
        en: 'What stands before the signature, for example sha256=.',
        zh: '签名之前的内容，例如 sha256=。',
      },
    },
    idHeader: {
      titles: { en: 'Header of the delivery id', zh: '投递编号请求头' },
      descriptions: {
        en: 'The same id is the same delivery. By the body when empty.',
        zh: '编号相同即为同一次投递；留空则按请求体判断。',
      },
    },
    keepHeaders: {
      titles: { en: 'Headers to keep', zh: '保留的请求头' },
      descriptions: { en: 'Kept beside the body.', zh: '与请求体一同保存。' },
    },
    body: {
      titles: { en: 'Body', zh: '请求体' },
      descriptions: {
        en: 'What is no JSON is refused, unless text is expected.',
        zh: '除非选择文本，否则拒绝非 JSON 内容。',
      },
      enumTitles: { json: { en: 'JSON', zh: 'JSON' }, text: { en: 'Text', zh: '文本' } },
    },
    maxBytes: {
      titles: { en: 'Largest body', zh: '请求体上限' },
      descriptions: { en: 'In bytes.', zh: '单位：字节。' },
    },
    toleranceSeconds: {
      titles: { en: 'Oldest signature', zh: '签名有效期' },
      descriptions: { en: 'In seconds; of signatures that tell the time.', zh: '单位：秒；适用于带时间的签名。' },
    },
    keepDays: {
      titles: { en: 'Days to keep', zh: '保留天数' },
      descriptions: {
        en: 'Afterwards deliveries are removed that every reader has.',
        zh: '超过此天数且所有读取方均已取走的投递会被删除。',
      },
    },
  },
  secrets: {
    secret: {
      titles: { en: 'Secret of the signature', zh: '签名密钥' },
      descriptions: { en: 'Without it nothing is accepted.', zh: '未设置时不接受任何投递。' },
      isRequired: true,
    },
  },
  source: {},
  target: {},
}

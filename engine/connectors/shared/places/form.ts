import type { ConnectorForm, FieldTexts } from '../../api/form.ts'

/** Titles and descriptions of `fileConfigSchema`. */
export const FILE_CONFIG_TEXTS: FieldTexts = {
  folder: {
    titles: { en: 'Folder', zh: '文件夹' },
    descriptions: {
      en: 'A folder of this machine. Everything that is read or written lies below it; a relative path begins at the workspace.',
      zh: '本机上的文件夹，读写的文件均位于其中；相对路径从工作区开始。',
    },
  },
  place: {
    titles: { en: 'On another machine', zh: '其他机器上的位置' },
    descriptions: {
      en: 'A place instead of a folder of this machine.',
      zh: '代替本机文件夹的位置。',
    },
  },
  'place.kind': {
    titles: { en: 'Kind of place', zh: '位置类型' },
    descriptions: { en: 'How the files are reached.', zh: '访问文件的方式。' },
    enumTitles: {
      sftp: { en: 'SFTP', zh: 'SFTP' },
      ftp: { en: 'FTP, FTPS', zh: 'FTP、FTPS' },
      s3: { en: 'Object storage (S3)', zh: '对象存储（S3）' },
    },
  },
  'place.host': {
    titles: { en: 'Host', zh: '主机' },
    descriptions: { en: 'Name or address of the server.', zh: '服务器的名称或地址。' },
  },
  'place.port': {
    titles: { en: 'Port', zh: '端口' },
    descriptions: {
      en: '22 for SFTP, 21 for FTP, 990 for implicit TLS.',
      zh: 'SFTP 为 22，FTP 为 21，隐式 TLS 为 990。',
    },
  },
  'place.user': {
    titles: { en: 'User', zh: '用户' },
    descriptions: { en: 'The name to log in with.', zh: '用于登录的名称。' },
  },
  'place.hostKey': {
    titles: { en: 'Fingerprint of the server', zh: '服务器指纹' },
    descriptions: {
      en: 'SHA256:… as its administrator or ssh-keygen -l tells it. Without it nothing is sent; the self-test shows what the server offers.',
      zh: '由管理员或 ssh-keygen -l 提供的 SHA256:…。未填写时不发送任何内容；自检会显示服务器提供的指纹。',
    },
  },
  'place.directory': {
    titles: { en: 'Folder there', zh: '远端文件夹' },
    descriptions: {
      en: 'Everything lies below it; where the login begins when empty.',
      zh: '所有文件均位于其中；留空则为登录后的起始位置。',
    },
  },
  'place.connectTimeoutMs': {
    titles: { en: 'Connect timeout (ms)', zh: '连接超时（毫秒）' },
    descriptions: { en: 'How long to wait for the server to answer.', zh: '等待服务器响应的时间。' },
  },
  'place.encryption': {
    titles: { en: 'Encryption (TLS)', zh: '加密（TLS）' },
    descriptions: {
      en: 'The certificate is always checked. Without encryption the password travels in clear.',
      zh: '始终校验证书。不加密时密码以明文传输。',
    },
    enumTitles: {
      explicit: { en: 'Explicit: begins in clear, then TLS', zh: '显式：先明文再转为 TLS' },
      implicit: { en: 'Implicit: TLS from the start', zh: '隐式：一开始即为 TLS' },
      none: { en: 'No encryption', zh: '不加密' },
    },
  },
  'place.ca': {
    titles: { en: 'Authority certificate', zh: 'CA 证书' },
    descriptions: {
      en: 'PEM text of the certificates to trust; those of the system when empty.',
      zh: '要信任的证书（PEM 文本）；留空则使用系统证书。',
    },
  },
  'place.bucket': {
    titles: { en: 'Bucket', zh: '存储桶' },
    descriptions: { en: 'The bucket that holds the files.', zh: '存放文件的存储桶。' },
  },
  'place.prefix': {
    titles: { en: 'Prefix', zh: '前缀' },
    descriptions: {
      en: 'Everything lies below it, for example exports/daily; the whole bucket when empty.',
      zh: '所有文件均位于其下，例如 exports/daily；留空则为整个存储桶。',
    },
  },
  'place.endpoint': {
    titles: { en: 'Endpoint', zh: '服务地址' },
    descriptions: {
      en: 'https://host:port of a compatible store; Amazon when empty.',
      zh: '兼容存储的 https://主机:端口；留空则为 Amazon。',
    },
  },
  'place.region': {
    titles: { en: 'Region', zh: '区域' },
    descriptions: { en: 'The region of the bucket.', zh: '存储桶所在的区域。' },
  },
  'place.pathStyle': {
    titles: { en: 'Bucket in the path', zh: '存储桶写在路径中' },
    descriptions: {
      en: 'Off where the store wants the bucket in the host name.',
      zh: '若存储要求把存储桶写在主机名中，请关闭。',
    },
  },
  'place.accessKeyId': {
    titles: { en: 'Access key', zh: '访问密钥 ID' },
    descriptions: { en: 'Requests are not signed when empty.', zh: '留空则请求不签名。' },
  },
}

/** Of the places of `fileConfigSchema`; a folder of this machine has none. */
export const FILE_SECRET_TEXTS: ConnectorForm['secrets'] = {
  password: {
    titles: { en: 'Password', zh: '密码' },
    descriptions: {
      en: 'Of the user, or of the private key. Kept in the secret store, never in the file.',
      zh: '用户的密码，或私钥的口令。保存在密钥库中，不写入文件。',
    },
    isRequired: false,
    onlyFor: { setting: 'place', kinds: ['sftp', 'ftp'] },
  },
  privateKey: {
    titles: { en: 'Private key', zh: '私钥' },
    descriptions: {
      en: 'Text of the key, in the format of OpenSSH or PEM. Kept in the secret store.',
      zh: '私钥文本（OpenSSH 或 PEM 格式）。保存在密钥库中。',
    },
    isRequired: false,
    onlyFor: { setting: 'place', kinds: ['sftp'] },
  },
  secretKey: {
    titles: { en: 'Secret key', zh: '访问密钥' },
    descriptions: {
      en: 'Belongs to the access key. Kept in the secret store.',
      zh: '与访问密钥 ID 对应。保存在密钥库中。',
    },
    isRequired: false,
    onlyFor: { setting: 'place', kinds: ['s3'] },
  },
}

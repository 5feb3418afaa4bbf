import type { Phrases } from './phrase.ts'

/** What is said of files on other machines. */
export const PLACES: Phrases = [
  ['{count} files can be listed', '可列出 {count} 个文件'],
  ['the login was accepted', '登录成功'],
  ['SSH; the key of the server is checked at the login', 'SSH；登录时校验服务器密钥'],
  ['TLS; the certificate is checked at the login', 'TLS；登录时校验证书'],
  ['off by the settings: the password and the files travel in clear', '设置中已关闭：密码和文件以明文传输'],
  ['off by the settings: the files travel in clear', '设置中已关闭：文件以明文传输'],
  ['{arrived} of {sent} bytes arrived', '{sent} 字节中到达了 {arrived} 字节'],
  ['there is no such bucket', '没有这个存储桶'],
  ['the folder {folder} cannot be opened', '无法打开文件夹 {folder}'],
  [
    'elsewhere than on this machine Runnel writes single Parquet files: end the name in .parquet',
    '在其他机器上只写入单个 Parquet 文件：请让名称以 .parquet 结尾',
  ],
]

import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const serverFailures = {
  'server.unavailable': {
    retryable: true,
    exit: 3,
    parameters: z.object({ server: z.string(), reason: z.string() }),
    message: { en: 'The server {server} cannot be reached: {reason}', zh: '无法连接服务器 {server}：{reason}' },
    next: { en: 'Check that it runs and that the address is right.', zh: '请检查服务器是否运行以及地址是否正确。' },
  },
  'server.unauthorized': {
    retryable: false,
    exit: 3,
    parameters: z.object({ server: z.string() }),
    message: { en: 'The server {server} does not accept this token.', zh: '服务器 {server} 不接受此令牌。' },
    next: {
      en: 'Give it a valid token with "runnel server add".',
      zh: '请使用 "runnel server add" 提供有效的令牌。',
    },
  },
  'server.ca_invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ reason: z.string() }),
    message: {
      en: 'This is no certificate of an authority: {reason}',
      zh: '这不是有效的 CA 证书：{reason}',
    },
    next: {
      en: 'Give the authority\'s certificate as PEM text ("-----BEGIN CERTIFICATE-----").',
      zh: '请提供 PEM 格式的 CA 证书（"-----BEGIN CERTIFICATE-----"）。',
    },
  },
  'server.insecure': {
    retryable: false,
    exit: 2,
    parameters: z.object({ host: z.string() }),
    message: {
      en: 'Without TLS the server does not listen on {host}: others could read tokens and data on the way.',
      zh: '未启用 TLS 时服务器不会监听 {host}：令牌和数据可能在传输中被窃取。',
    },
    next: {
      en: 'Give --tls-cert and --tls-key, or listen on 127.0.0.1.',
      zh: '请提供 --tls-cert 和 --tls-key，或改为监听 127.0.0.1。',
    },
  },
  'server.cannot_listen': {
    retryable: false,
    exit: 2,
    parameters: z.object({ address: z.string(), reason: z.string() }),
    message: { en: 'The server cannot listen on {address}: {reason}', zh: '服务器无法监听 {address}：{reason}' },
    next: {
      en: 'Choose another --port or --host, and check the certificate and key files.',
      zh: '请更换 --port 或 --host，并检查证书和私钥文件。',
    },
  },
  'server.request_refused': {
    retryable: false,
    exit: 1,
    parameters: z.object({ status: z.int(), reason: z.string() }),
    message: {
      en: 'The server refused the request ({status}): {reason}',
      zh: '服务器拒绝了请求（{status}）：{reason}',
    },
    next: { en: 'See /openapi.json for what the server takes.', zh: '服务器接受的请求见 /openapi.json。' },
  },
  'server.not_offered': {
    retryable: false,
    exit: 2,
    parameters: z.object({ procedure: z.string() }),
    message: {
      en: 'A server without a workspace does not offer {procedure}.',
      zh: '没有工作区的服务器不提供 {procedure}。',
    },
    next: {
      en: 'Do it in a workspace of your own, then push the job.',
      zh: '请在自己的工作区中执行，然后推送作业。',
    },
  },
  'server.unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ name: z.string(), suggestion: z.string().optional() }),
    message: { en: 'This workspace knows no server {name}.', zh: '此工作区中没有名为 {name} 的服务器。' },
    next: {
      en: 'Add it with "runnel server add {name} URL".',
      zh: '请使用 "runnel server add {name} URL" 添加。',
    },
  },
  'server.only': {
    retryable: false,
    exit: 2,
    parameters: z.object({}),
    message: { en: 'Only a server does this.', zh: '只有服务器支持此操作。' },
    next: {
      en: 'Name one with --on, or start one with "runnel serve".',
      zh: '请用 --on 指定服务器，或用 "runnel serve" 启动。',
    },
  },
  'job.unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ job: z.string(), suggestion: z.string().optional() }),
    message: { en: 'There is no job {job} on this server.', zh: '此服务器上没有作业 {job}。' },
    next: {
      en: 'Push it first, or list jobs with "runnel jobs".',
      zh: '请先推送该作业，或使用 "runnel jobs" 查看作业。',
    },
  },
  'job.not_run': {
    retryable: true,
    exit: 1,
    parameters: z.object({ job: z.string(), state: z.string() }),
    message: { en: 'Job {job} did not run to its end: {state}.', zh: '作业 {job} 未运行完成：{state}。' },
    next: {
      en: 'A run of it may still go on: see "runnel runs". What was interrupted goes on with "runnel run-job {job} --resume RUN".',
      zh: '该作业可能仍在运行：请查看 "runnel runs"。中断的运行可用 "runnel run-job {job} --resume RUN" 继续。',
    },
  },
  'webhook.unsigned': {
    retryable: false,
    exit: 3,
    parameters: z.object({ webhook: z.string() }),
    message: {
      en: 'The delivery to {webhook} is not signed as it must be, or was signed too long ago.',
      zh: '发往 {webhook} 的投递签名不正确，或签名时间过久。',
    },
    next: {
      en: 'Compare the secret and the kind of signature at the sender with the connection, and the clocks of both.',
      zh: '请核对发送方与该连接的密钥和签名方式，以及双方的时钟。',
    },
  },
  'webhook.refused': {
    retryable: false,
    exit: 1,
    parameters: z.object({ webhook: z.string(), reason: z.string() }),
    message: { en: '{webhook} does not take the delivery: {reason}.', zh: '{webhook} 不接受该投递：{reason}。' },
    next: {
      en: 'Send what the connection expects, or change what it expects.',
      zh: '请按该连接的要求发送，或修改其要求。',
    },
  },
  'watch.not_files': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string() }),
    message: {
      en: 'The job waits for files of {connection}, whose datasets are no files.',
      zh: '作业等待 {connection} 的文件，但该连接的数据集不是文件。',
    },
    next: {
      en: 'Name a dataset of a connection to files in "watch", or start the job by schedule.',
      zh: '请在 “watch” 中指定文件类连接的数据集，或改为按计划启动该作业。',
    },
  },
  'job.no_previous': {
    retryable: false,
    exit: 2,
    parameters: z.object({ job: z.string() }),
    message: { en: 'Job {job} has no earlier version to go back to.', zh: '作业 {job} 没有可回退的先前版本。' },
    next: { en: 'Push the version you want.', zh: '请推送所需的版本。' },
  },
  'server.data_in_use': {
    retryable: true,
    exit: 1,
    parameters: z.object({ directory: z.string() }),
    message: {
      en: 'Another server works with {directory}.',
      zh: '另一个服务器正在使用 {directory}。',
    },
    next: {
      en: 'Stop that one, or give this one a folder of its own.',
      zh: '请停止该服务器，或为此服务器指定独立的目录。',
    },
  },
  'schedule.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ cron: z.string(), reason: z.string() }),
    message: { en: 'The schedule "{cron}" cannot be used: {reason}', zh: '无法使用计划 "{cron}"：{reason}' },
    next: {
      en: 'Write minute, hour, day, month and weekday, such as "30 2 * * *", and a time zone such as Europe/Berlin.',
      zh: '请依次写分、时、日、月、星期，例如 "30 2 * * *"，时区例如 Asia/Shanghai。',
    },
  },
  'bundle.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ path: z.string(), reason: z.string() }),
    message: {
      en: 'The bundle cannot be read at {path}: {reason}',
      zh: '无法读取部署包的 {path}：{reason}',
    },
    next: {
      en: 'Make the bundle again with "runnel export" or "runnel push".',
      zh: '请使用 "runnel export" 或 "runnel push" 重新生成部署包。',
    },
  },
  'bundle.secret_inline': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), field: z.string(), file: z.string() }),
    message: {
      en: '{file} holds the secret {field} of connection {connection} as plain text, so it does not go into a bundle.',
      zh: '{file} 中连接 {connection} 的机密 {field} 是明文，因此不会放入部署包。',
    },
    next: {
      en: 'Write ${secret:name} there and store the value with "runnel secret set name".',
      zh: '请在此处写 ${secret:name}，并使用 "runnel secret set name" 保存该值。',
    },
  },
  'bundle.too_large': {
    retryable: false,
    exit: 2,
    parameters: z.object({ what: z.string(), limit: z.string() }),
    message: {
      en: 'The bundle is too large: {what}; at most {limit}.',
      zh: '部署包过大：{what}；最多 {limit}。',
    },
    next: {
      en: 'Freeze fewer rows in the tests, or split the job.',
      zh: '请减少测试中冻结的行数，或拆分作业。',
    },
  },
  'bundle.unsigned': {
    retryable: false,
    exit: 1,
    parameters: z.object({ job: z.string() }),
    message: {
      en: 'The bundle of job {job} is not signed.',
      zh: '作业 {job} 的部署包没有签名。',
    },
    next: {
      en: 'Push it with "runnel push", which signs it.',
      zh: '请使用 "runnel push" 推送，它会自动签名。',
    },
  },
  'bundle.untrusted': {
    retryable: false,
    exit: 1,
    parameters: z.object({ job: z.string(), keyId: z.string() }),
    message: {
      en: 'The bundle of job {job} is signed with key {keyId}, which this server does not trust.',
      zh: '作业 {job} 的部署包由密钥 {keyId} 签名，此服务器不信任该密钥。',
    },
    next: {
      en: 'Have the server trust the key first, with "runnel server add" and a token.',
      zh: '请先使用 "runnel server add" 和令牌，让服务器信任该密钥。',
    },
  },
  'bundle.tampered': {
    retryable: false,
    exit: 1,
    parameters: z.object({ job: z.string(), subject: z.string() }),
    message: {
      en: 'The bundle of job {job} is not what was signed: {subject}.',
      zh: '作业 {job} 的部署包与签名内容不符：{subject}。',
    },
    next: {
      en: 'Push again from a workspace you trust; do not use this bundle.',
      zh: '请从可信的工作区重新推送；不要使用此部署包。',
    },
  },
  'bundle.expired': {
    retryable: false,
    exit: 1,
    parameters: z.object({ job: z.string(), expiresAt: z.string() }),
    message: {
      en: 'The bundle of job {job} was valid until {expiresAt}.',
      zh: '作业 {job} 的部署包有效期至 {expiresAt}。',
    },
    next: {
      en: 'Push again; check the clocks when it was made just now.',
      zh: '请重新推送；如果刚刚生成，请检查双方时钟。',
    },
  },
  'bundle.not_yet_valid': {
    retryable: false,
    exit: 1,
    parameters: z.object({ job: z.string(), createdAt: z.string() }),
    message: {
      en: 'The bundle of job {job} says it was made at {createdAt}, which lies ahead.',
      zh: '作业 {job} 的部署包的生成时间为 {createdAt}，晚于当前时间。',
    },
    next: {
      en: 'Set the clocks of both computers, then push again.',
      zh: '请校准两台计算机的时钟，然后重新推送。',
    },
  },
  'bundle.replayed': {
    retryable: false,
    exit: 1,
    parameters: z.object({ job: z.string() }),
    message: {
      en: 'This very bundle of job {job} was already used.',
      zh: '作业 {job} 的这个部署包已使用过。',
    },
    next: {
      en: 'Push again: every push has a number of its own.',
      zh: '请重新推送：每次推送都有各自的编号。',
    },
  },
  'bundle.key_invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({}),
    message: { en: 'This is not an Ed25519 key.', zh: '这不是 Ed25519 密钥。' },
    next: {
      en: 'A public key is written ed25519: and 44 characters of base64.',
      zh: '公钥的写法是 ed25519: 加 44 个 base64 字符。',
    },
  },
} as const satisfies FailureArea

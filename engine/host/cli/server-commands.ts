import type { CommandSpec, OptionSpec } from './command.ts'

export const ON: OptionSpec = {
  type: 'string',
  value: 'SERVER',
  summary: { en: 'on this server instead of here', zh: '在该服务器上，而非本机' },
}

/** Commands for engines that run by themselves: serve, push, watch, follow. */
export const SERVER_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'serve',
    summary: { en: 'Serve an engine that accepts pushed jobs', zh: '启动可接收发布作业的服务器' },
    positionals: [],
    options: {
      data: {
        type: 'string',
        value: 'DIR',
        summary: { en: 'folder for its state (default runnel-server)', zh: '状态目录（默认 runnel-server）' },
      },
      host: {
        type: 'string',
        value: 'ADDRESS',
        summary: { en: 'address to listen on (default 127.0.0.1)', zh: '监听地址（默认 127.0.0.1）' },
      },
      port: {
        type: 'string',
        value: 'N',
        summary: { en: 'port (default 7400; 0 takes a free one)', zh: '端口（默认 7400；0 表示任选空闲端口）' },
      },
      allow: {
        type: 'string',
        value: 'DIR',
        summary: {
          en: 'folder whose workspaces and files the studio in a browser may open (default <data>/workspaces; with commas, several)',
          zh: '浏览器中的工作台可打开的文件夹（默认 <data>/workspaces；多个以逗号分隔）',
        },
      },
      'upload-limit': {
        type: 'string',
        value: 'MB',
        summary: {
          en: 'largest file that a browser may upload (default 10240)',
          zh: '浏览器可上传的最大文件（MB，默认 10240）',
        },
      },
      'tls-cert': { type: 'string', value: 'FILE', summary: { en: 'certificate chain (PEM)', zh: '证书链（PEM）' } },
      'tls-key': { type: 'string', value: 'FILE', summary: { en: 'private key (PEM)', zh: '私钥（PEM）' } },
    },
    examples: ['runnel serve --data /var/lib/runnel'],
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'server add',
    summary: {
      en: 'Remember a server; its token is asked for or read from standard input',
      zh: '添加服务器；令牌由提示输入或从标准输入读取',
    },
    positionals: [{ name: 'NAME' }, { name: 'URL' }],
    options: {
      ca: {
        type: 'string',
        value: 'FILE',
        summary: { en: 'certificate (PEM) of a private authority', zh: '私有 CA 的证书（PEM）' },
      },
    },
    examples: [
      'runnel server add prod https://runnel.example.com',
      'runnel server add prod https://10.0.0.5:8443 --ca company-ca.pem',
    ],
    load: () => import('./commands/server-add.ts'),
  },
  {
    name: 'push',
    summary: { en: 'Sign a job and send it to a server', zh: '签名作业并发布到服务器' },
    positionals: [{ name: 'JOB' }],
    options: {
      to: { type: 'string', value: 'SERVER', required: true, summary: { en: 'where to', zh: '目标服务器' } },
      'accept-loss': {
        type: 'boolean',
        summary: { en: 'only warn of values that a target would refuse', zh: '目标会拒绝的值仅作警告' },
      },
    },
    examples: ['runnel push nightly --to prod --env prod'],
    load: () => import('./commands/push.ts'),
  },
  {
    name: 'rollback',
    summary: { en: 'Go back to the version before', zh: '回退到上一个版本' },
    positionals: [{ name: 'JOB' }],
    options: { on: { ...ON, required: true } },
    examples: ['runnel rollback nightly --on prod'],
    load: () => import('./commands/rollback.ts'),
  },
  {
    name: 'export',
    summary: {
      en: 'Write a job to a folder, as a signed bundle or as SQL',
      zh: '将作业写入文件夹：已签名的部署包或 SQL',
    },
    positionals: [{ name: 'JOB' }, { name: 'DIR' }],
    options: {
      to: { type: 'string', value: 'sql|bundle', required: true, summary: { en: 'in which form', zh: '导出形式' } },
    },
    examples: ['runnel export nightly --to sql out', 'runnel export nightly --to bundle out --env prod'],
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'sync',
    summary: {
      en: 'Copy tables, and follow their changes until Ctrl+C where the sync says so; without a name, list the syncs',
      zh: '复制表，并按同步的设置持续跟随其变更，直到 Ctrl+C；不带名称时列出所有同步',
    },
    positionals: [{ name: 'NAME', optional: true }],
    options: {
      once: {
        type: 'boolean',
        summary: { en: 'end once it has caught up', zh: '追平后结束' },
      },
      resync: { type: 'boolean', summary: { en: 'copy all tables again first', zh: '先重新复制所有表' } },
      table: {
        type: 'string',
        multiple: true,
        value: 'TABLE',
        summary: { en: 'copy this table again first', zh: '先重新复制该表' },
      },
      backfill: {
        type: 'string',
        value: 'FROM..TO',
        summary: {
          en: 'read rows again whose cursor is at least FROM and less than TO',
          zh: '重新读取游标不小于 FROM 且小于 TO 的行',
        },
      },
    },
    examples: [
      'runnel sync erp-to-dw',
      'runnel sync erp-to-dw --once --table public.orders',
      'runnel sync erp-nightly --backfill 2026-01-01..2026-02-01',
    ],
    load: () => import('./commands/sync.ts'),
  },
  {
    name: 'jobs',
    summary: { en: 'List the jobs of a server with their next times', zh: '列出服务器上的作业及下次运行时间' },
    positionals: [],
    options: { on: { ...ON, required: true } },
    examples: ['runnel jobs --on prod'],
    load: () => import('./commands/jobs.ts'),
  },
  {
    name: 'trigger',
    summary: { en: 'Run a job of a server now', zh: '立即运行服务器上的作业' },
    positionals: [{ name: 'JOB' }],
    options: {
      on: { ...ON, required: true },
      wait: { type: 'boolean', summary: { en: 'wait for its end', zh: '等待其结束' } },
    },
    examples: ['runnel trigger nightly --on prod --wait'],
    load: () => import('./commands/trigger.ts'),
  },
]

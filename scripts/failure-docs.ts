import { join } from 'node:path'
import { FAILURES } from '../engine/contract/failure-catalogue.ts'
import type { FailureSpec } from '../engine/contract/failure-spec.ts'

export const FAILURE_DOCS = join(import.meta.dirname, '../docs/failures.md')

const OPENING = `# Failures

Read this when Runnel printed a code and you want to know its cause and remedy, or when a program of yours decides by code.
当汇渠输出了错误代码，需要了解原因与处理办法，或者您的程序要根据代码作出判断时，请阅读本页。

Codes are permanent. Words in braces are filled in when the failure happens. The exit code is that of the command line: 1 the work
failed, 2 usage or an invalid workspace, 3 source or target unavailable, 130 cancelled. A failure marked "retried" may pass by itself: a
run tries it again as its settings say.
代码永久不变。花括号中的词在发生时填入。退出码：1 工作失败，2 用法错误或工作区无效，3 数据源或目标不可用，130 已取消。
标有“retried 可重试”的失败可能自行消失，运行会按设置重试。

This page is written from the catalogue in \`engine/contract/failures\` by \`node scripts/write-failure-docs.ts\`; a test keeps them equal.
`

/** The text of docs/failures.md: every code with its cause and its remedy in both languages, in name order. */
export function failureDocs(): string {
  const specs: [string, FailureSpec][] = Object.entries(FAILURES)
  const sorted = specs.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const areas = Map.groupBy(sorted, ([code]) => code.slice(0, code.indexOf('.')))
  const sections = [...areas].map(([area, entries]) => [`## ${area}`, ...entries.map(entryText)].join('\n\n'))
  return `${[OPENING.trimEnd(), ...sections].join('\n\n')}\n`
}

function entryText([code, { message, next, exit, retryable }]: [string, FailureSpec]): string {
  return [
    `### \`${code}\``,
    '',
    `exit ${exit}${retryable ? ', retried 可重试' : ''}`,
    '',
    `- cause: ${message.en}`,
    `- remedy: ${next.en}`,
    `- 原因：${message.zh}`,
    `- 处理：${next.zh}`,
  ].join('\n')
}

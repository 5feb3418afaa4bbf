import type { Code, CodeListFile } from '../../contract/code-list-file.ts'

const CODE_COLUMN = /^(code|value|key|id|代码|编码|码值|值)$|代码$|编码$|(^|_)(code|cd)$/i
const ZH_COLUMN = /^(zh|cn|name_?(zh|cn)|中文|中文名|中文名称)$|名称$|含义$|说明$|\p{Script=Han}$/iu
const EN_COLUMN = /^(en|name_?en|name|label|title|meaning|description|english|英文|英文名|英文名称)$/i

export interface CodeColumns {
  readonly code: string
  readonly zh?: string | undefined
  readonly en?: string | undefined
}

/** Which columns of a table hold codes and their names: by what they are called, the first one where none is called so. */
export function codeColumns(columns: readonly string[], named: Partial<CodeColumns>): CodeColumns | undefined {
  const code = named.code ?? columns.find((name) => CODE_COLUMN.test(name)) ?? columns[0]
  if (code === undefined) return undefined
  const others = columns.filter((name) => name !== code)
  const en = named.en ?? others.find((name) => name !== named.zh && EN_COLUMN.test(name))
  const zh = named.zh ?? others.find((name) => name !== en && ZH_COLUMN.test(name))
  return { code, zh, en }
}

/**
 * A code list with the codes of a new edition, in their order. Codes that it no longer has follow, marked as ended by it (by
 * the day when it has no name); what other systems write for codes stays.
 */
export function newEdition(
  before: CodeListFile | undefined,
  codes: readonly Code[],
  about: { readonly source: string; readonly edition?: string | undefined; readonly day: string },
): CodeListFile {
  const kept = new Set(codes.map(({ code }) => code))
  const ended = (before?.codes ?? []).filter(({ code }) => !kept.has(code))
  return {
    version: 1,
    ...(before?.description === undefined ? {} : { description: before.description }),
    source: before?.source ?? about.source,
    ...(about.edition === undefined ? {} : { edition: about.edition }),
    codes: [...codes, ...ended.map((code) => ({ ...code, until: code.until ?? about.edition ?? about.day }))],
    mappings: before?.mappings ?? {},
  }
}

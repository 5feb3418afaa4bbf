/**
 * The text of a YAML file with one more item at the end of a list at its top; what else stands in it stays as it is. The item is
 * written as JSON, which is YAML. A list that is not there, or empty in brackets, is begun.
 */
export function appendItem(text: string, list: string, item: unknown): string {
  const lines = text.replace(/\n+$/, '').split('\n')
  const isFlush = lines.some((one) => one.startsWith('- '))
  const line = `${isFlush ? '' : '  '}- ${JSON.stringify(item)}`
  const at = lines.findIndex((one) => new RegExp(`^${list}:`).test(one))
  if (at < 0) return `${[...lines, `${list}:`, line].join('\n')}\n`
  if (/:\s*\[\s*\]\s*$/.test(lines[at] ?? '')) lines[at] = `${list}:`
  const next = lines.findIndex((one, i) => i > at && /^[^\s#-]/.test(one))
  const end = next < 0 ? lines.length : next
  return `${[...lines.slice(0, end), line, ...lines.slice(end)].join('\n')}\n`
}

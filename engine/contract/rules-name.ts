/** What the file of rules of a dataset is called; undefined while the text is no `connection:name`. */
export function rulesName(dataset: string): string | undefined {
  const found = /^([^:\s][^:]*):(.+)$/.exec(dataset.trim())
  if (found === null) return undefined
  const plain = `${found[1]}-${found[2]}`.replaceAll(/[^\p{L}\p{N}_]+/gu, '-').replaceAll(/^-+|-+$/g, '')
  return plain === '' ? undefined : plain.slice(0, 100)
}

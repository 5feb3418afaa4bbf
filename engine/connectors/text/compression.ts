import type { Compression } from './options.ts'

/** What a file name says about its compression. */
export function compressionOfName(name: string): Compression {
  const lower = name.toLowerCase()
  if (lower.endsWith('.gz')) return 'gzip'
  return lower.endsWith('.zst') ? 'zstd' : 'none'
}

/** The name without a compression ending, lower case. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.(gz|zst)$/, '')
}

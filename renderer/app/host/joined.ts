/** The folder itself, or a new one in it. The engine's machine may write paths with backslashes. */
export function joined(directory: string | undefined, name: string): string | undefined {
  if (directory === undefined || name.trim() === '') return directory
  const separator = directory.includes('\\') && !directory.includes('/') ? '\\' : '/'
  return `${directory.replace(/[\\/]+$/, '')}${separator}${name.trim()}`
}

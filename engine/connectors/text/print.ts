export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

export function rounded(share: number): number {
  return Math.round(share * 100) / 100
}

/** Text short enough for a message. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

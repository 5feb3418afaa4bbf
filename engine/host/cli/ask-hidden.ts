import { Failure } from '../../contract/failure.ts'

const ENTER = new Set(['\r', '\n'])
const ERASE = new Set(['\u007f', '\b'])
const END = '\u0004'
const INTERRUPT = '\u0003'

/** Reads one line from the terminal without echo. Ctrl+C cancels the command. */
export async function askHidden(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(prompt)
  stdin.setRawMode(true)
  stdin.resume()
  stdin.setEncoding('utf8')
  try {
    let line = ''
    for await (const typed of stdin.iterator({ destroyOnReturn: false })) {
      for (const character of String(typed)) {
        if (character === INTERRUPT) throw new Failure('work.cancelled', { what: 'runnel' })
        if (ENTER.has(character) || character === END) return line
        line = ERASE.has(character) ? line.slice(0, -1) : line + character
      }
    }
    return line
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}

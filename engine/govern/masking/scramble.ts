import { createHmac } from 'node:crypto'
import { GIVEN_CHARACTERS } from './dictionaries/names-zh.ts'

const HAN = GIVEN_CHARACTERS
const CLASSES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\d$/, Array.from('0123456789')],
  [/^[a-z]$/, Array.from('abcdefghijklmnopqrstuvwxyz')],
  [/^[A-Z]$/, Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')],
  [/^\p{Script=Han}$/u, HAN],
  [/^\p{L}$/u, ['x']],
  [/^\p{N}$/u, ['0']],
]

/** Every letter and digit exchanged for one of its kind, the same way for the same value; all else stays. Cannot be undone. */
export function scrambled(key: Buffer, value: string): string {
  const characters = Array.from(value)
  const drawn = stream(key, value, characters.length)
  return characters
    .map((character, i) => {
      const choices = CLASSES.find(([form]) => form.test(character))?.[1]
      return choices === undefined ? character : (choices[drawn.readUInt16BE(2 * i) % choices.length] ?? '')
    })
    .join('')
}

/** Two bytes for each character. */
function stream(key: Buffer, value: string, characters: number): Buffer {
  const blocks: Buffer[] = []
  for (let i = 0; blocks.length * 32 < characters * 2; i++) {
    blocks.push(createHmac('sha256', key).update(`scramble:${i}:`).update(value).digest())
  }
  return Buffer.concat(blocks)
}

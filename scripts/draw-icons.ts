import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../e2e/find-chromium.ts'

// Draws the icons of the packages from the page's icon: a PNG for Linux, an ICO for Windows, an ICNS for macOS.

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'resources/icons')
const SIZES = [16, 32, 48, 64, 128, 256, 512, 1_024] as const
const ICO_SIZES = [16, 32, 48, 256]
/** Apple's names of PNG images in an ICNS file, by their size. */
const ICNS_TYPES: readonly (readonly [type: string, size: number])[] = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1_024],
  ['ic11', 32],
  ['ic12', 64],
]

const svg = await readFile(join(ROOT, 'renderer/public/icon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
const images = new Map<number, Buffer>()
for (const size of SIZES) images.set(size, await draw(size))
await browser.close()
await mkdir(FOLDER, { recursive: true })
await writeFile(join(FOLDER, 'icon.png'), image(512))
await writeFile(join(FOLDER, 'icon.ico'), icoOf(ICO_SIZES))
await writeFile(join(FOLDER, 'icon.icns'), icnsOf())

async function draw(size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  const drawn = await page.screenshot({ omitBackground: true })
  await page.close()
  return drawn
}

function image(size: number): Buffer {
  const found = images.get(size)
  if (found === undefined) throw new Error(`no image of ${size}`)
  return found
}

function icoOf(sizes: readonly number[]): Buffer {
  const ENTRY = 16
  const head = Buffer.alloc(6 + ENTRY * sizes.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(sizes.length, 4)
  let offset = head.length
  for (const [index, size] of sizes.entries()) {
    const at = 6 + ENTRY * index
    // 0 stands for 256.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(image(size).length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += image(size).length
  }
  return Buffer.concat([head, ...sizes.map(image)])
}

function icnsOf(): Buffer {
  const parts = ICNS_TYPES.map(([type, size]) => chunk(type, image(size)))
  return chunk('icns', Buffer.concat(parts))
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(content.length + head.length, 4)
  return Buffer.concat([head, content])
}

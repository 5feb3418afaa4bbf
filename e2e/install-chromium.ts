import { spawnSync } from 'node:child_process'
import { lookForChromium } from './find-chromium.ts'

/** Chinese text must be drawn, and Debian's Chromium brings no fonts of its own. */
const PACKAGES = ['chromium', 'xvfb', 'fonts-noto-cjk']

/** Uses any Chrome or Chromium that is there; on Debian as root it installs one. */
export async function installChromium(): Promise<void> {
  if ((await lookForChromium()) !== undefined) return
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('No Chrome or Chromium here: install one, or name it in RUNNEL_CHROMIUM.')
  }
  const apt = (...args: string[]): void => {
    const { status } = spawnSync('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${status}`)
  }
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', ...PACKAGES)
}

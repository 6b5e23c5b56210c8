import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium of this machine; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH = '', PATH = '' } = process.env
  const folders = PATH.split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const paths = ['/usr/bin', ...folders].flatMap((folder) => names.map((name) => join(folder, name)))
  return [CHROMIUM_PATH, ...paths].find((path) => path !== '' && existsSync(path))
}

export function openChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: ARGS })
}

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = [process.env['WEIR_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

function chromiumPath(): string | null {
  return PLACES.find((place) => place !== undefined && existsSync(place)) ?? null
}

/** Why nothing can be tried in a browser on this machine, with what mends it; false where it can. */
export function withoutChromium(): string | false {
  return chromiumPath() === null && 'no Chromium on this machine: apt-get install chromium'
}

/** This machine's Chromium, as a browser that talks to nobody but the pages it is given; throws without one. */
export async function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === null) throw new Error('no Chromium on this machine')
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return await chromium.launch({ executablePath, args })
}

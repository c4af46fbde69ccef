import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { withoutChromium } from '../src/devkit/chromium.ts'
import { openPage, WCAG_TAGS } from '../src/devkit/page-window.ts'
import { send } from './door.ts'
import type { World } from './world.ts'

const SHOTS = process.env['WEIR_SHOTS']
const SAMPLE = resolve(import.meta.dirname, '../sample')
const MOST_SHIFT = 0.05
const COLOURS = ['color-contrast', 'link-in-text-block']

/** Why the pages cannot be walked on this machine, with what mends it; false where they can. */
export function withoutPages(needs: { readonly sandbox?: boolean } = {}): string | false {
  const browser = withoutChromium()
  if (browser) return browser
  if (!existsSync(resolve(import.meta.dirname, '../dist/web/index.html'))) return 'the page is not built: npx vite build'
  return needs.sandbox === true && !existsSync('/usr/bin/bwrap') && 'no bubblewrap on this machine: apt-get install bubblewrap'
}

/** A window of one person, and everything it complained of: errors, dialogs, broken policy, requests to anybody else. */
export interface Window {
  readonly page: Page
  readonly context: BrowserContext
  /** Fails on any complaint and closes the window. */
  done(): Promise<void>
}

/** Opens a window at a server; `cookie` is `name=value` of a session, null for a stranger. */
export async function openWindow(browser: Browser, url: string, cookie: string | null): Promise<Window> {
  const { page, context, complaints } = await openPage(browser, url)
  if (cookie !== null) {
    const [name, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url }])
  }
  await context.addInitScript(countShifts)
  return {
    page,
    context,
    done: async () => {
      await context.close()
      assert.deepEqual(complaints, [])
    },
  }
}

/** Runs in the page: adds up how far things moved that nobody touched, as Cumulative Layout Shift does. */
function countShifts(): void {
  const counted = globalThis as { shifted?: number }
  counted.shifted = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) counted.shifted! += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}

/** A key in the window that answers every question for a passkey with yes. */
export async function addAuthenticator({ context, page }: Window): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

interface SampleEntry {
  readonly file: string
  readonly format: string
  readonly finder: { readonly name: string }
  readonly target: { readonly purl: string; readonly version: string }
  readonly provenance: { readonly tool: string; readonly toolVersion: string; readonly humanValidated: boolean }
}

/** Sends the bundled sample's reports about one of its programs, each finder's own; returns the ids of the reports. */
export async function sendSample(world: World, program: string, cookies: Readonly<Record<string, string>>): Promise<string[]> {
  const entries = JSON.parse(readFileSync(join(SAMPLE, 'manifest.json'), 'utf8')) as SampleEntry[]
  const reports: string[] = []
  for (const entry of entries.filter(({ file }) => file.includes(`/${program}-`))) {
    const { purl, version } = entry.target
    const { tool, toolVersion, humanValidated } = entry.provenance
    const query = {
      name: entry.file.split('/').at(-1)!,
      format: entry.format,
      target: purl,
      version,
      tool,
      toolVersion,
      humanValidated: String(humanValidated),
    }
    const sent = await send(world.url, cookies[entry.finder.name]!, readFileSync(join(SAMPLE, entry.file)), { query })
    assert.ok(sent.answer, `${entry.file} answered ${sent.status}`)
    reports.push(sent.answer.report)
  }
  return reports
}

export const sampleFile = (name: string): string => join(SAMPLE, 'reports', name)

type Violations = Pick<Awaited<ReturnType<AxeBuilder['analyze']>>, 'violations'>

/** Runs in the page. */
async function runAxe({ rule, tag }: { rule?: string[]; tag?: string[] }): Promise<Violations> {
  const { axe } = globalThis as unknown as { axe: { run(where: Document, options: object): Promise<Violations> } }
  const runOnly = rule ? { type: 'rule', values: rule } : { type: 'tag', values: tag }
  const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] })
  return { violations }
}

type Look = readonly [width: number, colorScheme: 'light' | 'dark']
const WIDE_LIGHT: Look = [1440, 'light']
const NARROW_DARK: Look = [360, 'dark']
const LOOKS: readonly Look[] = [WIDE_LIGHT, [1440, 'dark'], NARROW_DARK, [360, 'light']]

/** What axe, the page's width and its stillness have against what was just loaded: all rules in the light, colours alone in the dark. */
export async function faults(page: Page, path: string, looks: readonly Look[] = LOOKS): Promise<string[]> {
  const found: string[] = []
  const shifted = await page.evaluate(() => (globalThis as { shifted?: number }).shifted ?? 0)
  if (shifted >= MOST_SHIFT) found.push(`${path}: moved by ${shifted.toFixed(3)} while it loaded`)
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) found.push(`${path} ${width}: ${over} px too wide`)
    // The first run brings axe into the page; the others find it there. In the dark nothing but the colours is different.
    const { violations } = (await page.evaluate(() => 'axe' in globalThis))
      ? await page.evaluate(runAxe, colorScheme === 'dark' ? { rule: COLOURS } : { tag: WCAG_TAGS })
      : await new AxeBuilder({ page })
          .setLegacyMode(true)
          .options({ resultTypes: ['violations'] })
          .withTags(WCAG_TAGS)
          .analyze()
    for (const { id, nodes } of violations) found.push(`${path} ${width} ${colorScheme}: ${id} ${nodes[0]?.html.slice(0, 160)}`)
  }
  return found
}

/** The faults of what stands there, wide in the light and narrow in the dark; it is left wide, in the light. */
export async function lookAt(page: Page, name: string): Promise<string[]> {
  await shot(page, name)
  const found = await faults(page, name, [WIDE_LIGHT, NARROW_DARK])
  await shot(page, `${name}-narrow`)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

/** A picture of the page as it stands, where somebody wants to look: WEIR_SHOTS names the folder. */
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return
  mkdirSync(SHOTS, { recursive: true })
  const before = page.viewportSize()!
  // The frame scrolls inside the window: as high as all of it.
  const height = await page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((one) => one.scrollHeight)))
  await page.setViewportSize({ width: before.width, height: Math.min(6000, Math.max(before.height, height + 160)) })
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
  await page.setViewportSize(before)
}

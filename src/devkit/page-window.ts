import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** The rules of axe that every screen of the page keeps. */
export const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** How long a test waits for what must come: longer than any interval at which a page reads again by itself, on a busy machine too. */
const PATIENCE_MS = 45_000

/** A window on one server, and what it complained of so far: errors, dialogs, a broken policy, requests to anybody else. */
export interface PageWindow {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: readonly string[]
}

/** Opens an empty window that is meant for the server at `url` alone: nothing of a report may make the page ask another site. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<PageWindow> {
  // The zone of the page is given, not that of the machine which happens to run it.
  const usual: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', timezoneId: 'UTC' }
  const context = await browser.newContext({ ...usual, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`))
  page.on('console', (message) => {
    if (/content security policy|unique "key"|act\(/i.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) complaints.push(`asked ${request.url()}`)
  })
  return { page, context, complaints }
}

/** Opens an address and waits until everything that loads has loaded. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1').first().waitFor()
  await page.locator('.waiting').first().waitFor({ state: 'detached' })
}

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { build } from 'vite'
import { startChromium } from './chromium.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'
import { openPage, type PageWindow, visit, WCAG_TAGS } from './page-window.ts'

const SHOTS = process.env['WEIR_SHOTS']
/** What text from outside would have become, had it been taken for markup. */
const LIVE = 'main img, main script, main a[href*="attacker"], main a[href^="javascript"]'

type Scene = PageWindow & { readonly api: FakeApi }

/** The page, newly built, in a real browser before invented data; each test enters with a fresh window and fresh data. */
export class PageStage {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weir-page-'))
  readonly #options: BrowserContextOptions
  #browser: Browser | null = null
  #scene: Scene | null = null

  constructor(options: BrowserContextOptions = {}) {
    this.#options = options
  }

  async open(): Promise<void> {
    const configFile = join(import.meta.dirname, '../../vite.config.ts')
    await build({ configFile, logLevel: 'error', build: { outDir: this.#folder } })
    this.#browser = await startChromium()
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async enter(): Promise<Scene> {
    const api = await fakeApi(this.#folder)
    this.#scene = { ...(await openPage(this.#browser!, api.url, this.#options)), api }
    return this.#scene
  }

  async leave(): Promise<void> {
    await this.#scene?.context.close()
    await this.#scene?.api.close()
    this.#scene = null
  }

  /** Signs a seeded person in and waits for the screen they begin at. */
  readonly signIn = async (name: string): Promise<void> => {
    const { api, page } = this.#scene!
    await page.goto(`${api.url}/sign-in`)
    await page.getByRole('button', { name }).click()
    await page.waitForURL((url) => url.pathname !== '/sign-in')
  }

  /** Opens a path and waits until everything that loads has loaded. */
  readonly visit = async (path: string): Promise<void> => {
    const { api, page } = this.#scene!
    await visit(page, api.url + path)
  }

  /** As on a phone at night. */
  readonly narrow = async (): Promise<void> => {
    const { page } = this.#scene!
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
  }

  /** Fails where what stands there is wider than its window. */
  readonly fits = async (what: string): Promise<void> => {
    const fits = await this.#scene!.page.evaluate('document.documentElement.scrollWidth <= innerWidth')
    assert.ok(fits, `${what} scrolls sideways`)
  }

  /** Fails on anything that axe or the width has against what stands there. */
  readonly clean = async (what: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page: this.#scene!.page }).withTags(WCAG_TAGS).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${what}: ${id} at ${nodes[0]?.target}`),
      [],
    )
    await this.fits(what)
  }

  /** Fails on whatever the window complained of, and on text from outside that came alive. */
  readonly done = async (): Promise<void> => {
    const { page, complaints } = this.#scene!
    assert.notEqual(await page.title(), 'owned')
    assert.equal(await page.locator(LIVE).count(), 0)
    assert.deepEqual(complaints, [])
  }

  /** A picture of all that stands there, where somebody wants to look: WEIR_SHOTS names the folder. */
  readonly shot = async (name: string): Promise<void> => {
    if (SHOTS === undefined) return
    const { page } = this.#scene!
    // The desk's main part scrolls by itself: the window is made as high as what it holds.
    const size = page.viewportSize()!
    const [main] = await page.locator('main').all()
    const hidden = (await main?.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)) ?? 0
    await page.setViewportSize({ ...size, height: size.height + Math.max(0, hidden) })
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
    await page.setViewportSize(size)
  }
}

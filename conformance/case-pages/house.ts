import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { demoPeople, signInAs } from '../../bench/demo-people.ts'
import type { FlawRow } from '../../src/contract/shapes/flaw.ts'
import { visit } from '../../src/devkit/page-window.ts'
import { post, read, send } from '../door.ts'
import { addAuthenticator, lookAt, openWindow, type Window } from '../pages.ts'
import { grouped, openWorld, type Start, type World } from '../world.ts'

/** A running demo without cases, with people of a case at windows of their own. */
export class CaseWindows {
  readonly world: World
  readonly browser: Browser
  /** Whatever axe, a page's width or its stillness had against what was looked at. */
  readonly found: string[] = []
  readonly #windows = new Map<string, Window>()

  private constructor(world: World, browser: Browser) {
    this.world = world
    this.browser = browser
  }

  static async open(browser: Browser, start: Start): Promise<CaseWindows> {
    return new CaseWindows(await openWorld(start), browser)
  }

  /** Fails on whatever any window complained of; then the server ends. */
  async close(): Promise<void> {
    try {
      for (const window of this.#windows.values()) await window.done()
    } finally {
      await this.world.server.stop()
    }
  }

  /** The window of a seeded person, signed in; of nobody where the name is null. Opened once. */
  async at(name: string | null): Promise<Page> {
    const key = name ?? ''
    const window = this.#windows.get(key) ?? (await this.#window(key, name === null ? null : await this.#cookie(name)))
    return window.page
  }

  /** Brings one more person of an organisation in, by an invite and a passkey, and answers their window. */
  async join(name: string, organisation: string, role: string): Promise<Page> {
    const { url, administrator } = this.world
    const { rows } = await read<{ rows: { id: string; name: string }[] }>(`${url}/v1/organisations`, administrator)
    const { id } = rows.find((row) => row.name === organisation)!
    const made = await post<{ link: string }>(`${url}/v1/invites`, administrator, { organisation: id, roles: [role] })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const window = await this.#window(name, null)
    await addAuthenticator(window)
    const { page } = window
    await page.goto(made.body.link)
    await page.getByLabel('Your name').fill(name)
    await page.getByRole('button', { name: 'Take up the invite' }).click()
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('heading', { name: 'Your passkey is added' }).waitFor()
    return page
  }

  /** Sends one finding and answers its flaw once it is grouped. */
  async flaw(finding: { readonly title: string; readonly [more: string]: unknown }): Promise<string> {
    const { url, finder, coordinator } = this.world
    const query = { format: 'weir-ndjson', name: 'finding.ndjson' }
    const { answer, body } = await send(url, finder, JSON.stringify(finding), { query })
    assert.ok(answer, body.toString())
    await grouped(this.world, [answer.report])
    const { rows } = await read<{ rows: FlawRow[] }>(`${url}/v1/flaws?tab=everything&limit=50`, coordinator)
    return rows.find(({ title }) => title === finding.title)!.id
  }

  /** Goes to an address in somebody's window and waits until it is shown. */
  async go(page: Page, path: string): Promise<Page> {
    await visit(page, `${this.world.url}${path}`)
    return page
  }

  /** Notes the faults of what stands there. */
  async look(page: Page, name: string): Promise<void> {
    this.found.push(...(await lookAt(page, name)))
  }

  async #window(key: string, cookie: string | null): Promise<Window> {
    const window = await openWindow(this.browser, this.world.url, cookie)
    this.#windows.set(key, window)
    return window
  }

  async #cookie(name: string): Promise<string> {
    const { url } = this.world
    const { id } = (await demoPeople(url)).find((row) => row.name === name)!
    return await signInAs(url, id)
  }
}

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { ValidationList } from '../src/contract/shapes/validation.ts'
import { startChromium } from '../src/devkit/chromium.ts'
import { visit } from '../src/devkit/page-window.ts'
import { faults, openWindow, type Window, withoutPages } from './pages.ts'
import { INPUTS, PATCHES, RECIPE, writeCards } from './validation/cards.ts'
import { Floor, type Sent } from './validation/floor.ts'

// The pages of validation on the real server, after real runs in a real sandbox.

describe('the pages of validation on the real server', { skip: withoutPages({ sandbox: true }) }, () => {
  let browser: Browser
  let floor: Floor
  let sent: Sent
  const windows: Window[] = []

  const open = async (cookie: string): Promise<Page> => {
    const window = await openWindow(browser, floor.world.url, cookie)
    windows.push(window)
    return window.page
  }
  const newest = async (who?: string) => (await floor.get<ValidationList>('/v1/validations', who)).rows[0]!

  before(async () => {
    floor = await Floor.open()
    await floor.target('coordinator', writeCards(join(floor.home, 'cards')), RECIPE)
    const { finder } = floor.world
    const claim = { title: 'Heap overflow when a long name is read', kind: 'heap-buffer-overflow' }
    sent = await floor.report(finder, { ...claim, stack: ['put_text', 'take_name', 'take_line', 'main'] }, INPUTS.name)
    await floor.evidence(finder, sent.finding, 'benign', `\u001b[31mred\u202e x\n${INPUTS.benign}`)
    browser = await startChromium()
  })
  after(async () => {
    for (const window of windows) await window.context.close()
    await browser?.close()
    await floor?.close()
  })

  test('R on the flaw’s page has the reproducer run; what came of it appears by itself', async () => {
    const page = await open(floor.world.coordinator)
    await visit(page, `${floor.world.url}/flaws/${sent.flaw}`)
    await page.getByText('1 reproducer came with the findings; none was run yet.').waitFor()
    await page.locator('h1').click()
    await page.keyboard.press('r')
    const aside = page.getByRole('complementary', { name: 'Decisions' })
    await aside.getByRole('link', { name: 'Done' }).waitFor({ timeout: 120_000 })
    const matrix = page.getByRole('region', { name: 'Proof matrix' })
    await matrix
      .getByText(/fires, 5 of 5/)
      .first()
      .waitFor()
    await page.getByText('put_text').first().waitFor()
    const { id } = await newest()
    assert.deepEqual((await floor.page(id)).row.tasks, ['reproduce'])
  })

  test('the page of a validation has its statement, and its log is text', async () => {
    const page = await open(floor.world.coordinator)
    const { id } = await newest()
    await visit(page, `${floor.world.url}/validations/${id}`)
    await page.getByRole('heading', { name: 'Statement' }).waitFor()
    await page.getByRole('button', { name: 'Show the log' }).click()
    const log = page.getByRole('region', { name: /^Text from the programs that were run/ })
    await log.getByText('[U+001B]').first().waitFor()
    await log.getByText('[U+202E]').first().waitFor()
    assert.ok(!/[\u001b\u202e]/.test((await page.locator('body').textContent()) ?? ''))
  })

  test('a patch climbs its ladder on the flaw’s page', async () => {
    const { finder, coordinator, url } = floor.world
    await floor.evidence(finder, sent.finding, 'patch', PATCHES.text())
    const { targets } = await floor.proof(sent.flaw)
    const settings = { variants: 12, refuzzSeconds: 0, runs: 3 }
    const row = await floor.start(coordinator, sent.flaw, targets[0]!.id, { tasks: ['reproduce', 'patch', 'matrix'], settings })
    await floor.until(row.id)
    const page = await open(coordinator)
    await visit(page, `${url}/flaws/${sent.flaw}`)
    const matrix = page.getByRole('region', { name: 'Proof matrix' })
    await matrix.getByRole('columnheader', { name: /patch/i }).first().waitFor()
    await page.getByRole('heading', { name: 'Patches' }).waitFor()
    await page
      .getByText(/^Validated/)
      .first()
      .waitFor()
  })

  test('every screen of it, light and dark, wide and narrow, is free of faults', async () => {
    const page = await open(floor.world.coordinator)
    const { id } = await newest()
    const found: string[] = []
    for (const path of [`/flaws/${sent.flaw}`, '/validations', `/validations/${id}`]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await visit(page, floor.world.url + path)
      found.push(...(await faults(page, path)))
    }
    assert.deepEqual(found, [])
    for (const window of windows.splice(0)) await window.done()
  })
})

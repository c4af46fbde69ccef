import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { chromiumPath, startChromium } from '../devkit/chromium.ts'
import { type FakeApi, fakeApi } from '../devkit/fake-api.ts'
import { PEOPLE } from '../devkit/fake-lists.ts'
import { idOf } from '../devkit/fake-world.ts'

// The case room, the calendar and the funnel in a real browser against invented data.

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const CASE = `/cases/${idOf('case', 1)}`
const SHOTS = process.env['WEIR_SHOTS']
const chromium = chromiumPath()
const why = chromium === null ? 'no Chromium on this machine: apt-get install chromium' : false

describe('a case in a browser', { skip: why }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-case-page-'))
  let browser: Browser
  let api: FakeApi
  let context: BrowserContext
  let page: Page
  let complaints: string[]

  before(async () => {
    await build({ configFile: join(import.meta.dirname, '../../vite.config.ts'), logLevel: 'error', build: { outDir: folder } })
    browser = await startChromium(chromium!)
  })
  after(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    api = await fakeApi(folder)
    context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
    })
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    complaints = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (/content security policy|unique "key"|act\(/i.test(message.text())) complaints.push(message.text())
    })
    page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`))
    page.on('request', (request) => {
      if (!request.url().startsWith(api.url) && !/^(data|blob):/.test(request.url())) complaints.push(`asked ${request.url()}`)
    })
  })
  afterEach(async () => {
    await context.close()
    await api.close()
  })
  const done = async () => {
    assert.notEqual(await page.title(), 'owned')
    assert.equal(await page.locator('main img, main script, main a[href*="attacker"]').count(), 0)
    assert.deepEqual(complaints, [])
  }
  const signIn = async (name: string) => {
    const person = PEOPLE.find((one) => one.name === name)!.id
    await context.request.post(`${api.url}/v1/demo/sign-in`, { headers: { 'x-weir': '1' }, data: { person } })
  }
  const shot = async (name: string) => {
    if (!SHOTS) return
    const size = page.viewportSize()!
    const height = await page.evaluate(() => document.querySelector('main')!.scrollHeight + 110)
    await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
    await page.setViewportSize(size)
  }
  const clean = async (what: string) => {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${what}: ${id} at ${nodes[0]?.target}`),
      [],
    )
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} scrolls sideways`)
  }
  const narrow = async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
  }

  test('a coordinator finds what needs them, reads why the date, and proposes another', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}/queue`)
    await page.getByRole('link', { name: 'Cases', exact: true }).click()
    await page.getByRole('link', { name: 'Needs me 2' }).waitFor()
    await shot('cases')
    await clean('cases')
    await page.getByRole('link', { name: /Pre-auth write/ }).click()
    const band = page.getByRole('region', { name: 'Embargo', exact: true })
    await band.getByText('11 d 2 h', { exact: true }).waitFor()
    await band.getByText('Mon 30 Nov 2026, 17:00 UTC').waitFor()
    await page.getByText('Send the letter that waits').waitFor()
    await page.getByRole('heading', { name: 'Letters' }).waitFor()
    await shot('room')
    await clean('room')
    await page.keyboard.press('e')
    const binding = page.locator('tr.binds')
    await binding.getByText('SECURITY.md of pelorus-dicom-gateway, read 31 Oct 2026').waitFor()
    await shot('why')
    await clean('why')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Propose a change' }).click()
    assert.equal(await page.getByRole('button', { name: 'Propose it' }).isDisabled(), true)
    assert.equal(await page.locator('.bandopen input:checked').count(), 0, 'nothing is chosen beforehand')
    await page.getByLabel('At an instant').check()
    await page.getByLabel('Date and time there').fill('2026-12-04T09:00')
    await page.getByLabel('By which rule').selectOption('Agreement among the parties')
    await page.getByLabel('Why, for every party to read').fill('The vendors ask for four more days.')
    await page.getByText('3 d 16 h later than now agreed').waitFor()
    await shot('propose')
    await clean('propose')
    await page.getByRole('button', { name: 'Propose it' }).click()
    await band.getByText('Embargo active, a change is proposed').waitFor()
    await band.getByText('Mon 30 Nov 2026, 17:00 UTC').waitFor()
    await done()
  })

  test('152 vendors: the silent are one dashed row, and the filter finds a party, by its key too', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}${CASE}`)
    const table = page.getByRole('table', { name: /Participants/ })
    await table.getByText('88 silent').waitFor()
    await page.getByRole('img', { name: /154 asked|153 asked/ }).waitFor()
    assert.equal(await table.locator('tbody tr').count(), 13)
    await page.keyboard.press('f')
    await page.keyboard.type('fennmark')
    await table.getByText('Fennmark Devices').waitFor()
    assert.equal(await table.locator('tbody tr').count(), 1)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show them' }).click()
    await page.getByText('88 of 155 fit').waitFor()
    await shot('silent')
    await done()
  })

  test('a letter is sent after its missing parts and what follows were read; no key sends it', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}${CASE}`)
    await page.getByText('A regression test that fails before the fix. + 1 more').waitFor()
    await page.keyboard.press('l')
    await page.waitForURL(`**${CASE}/letters#*`)
    const send = page.getByRole('button', { name: 'Send', exact: true })
    await page.getByRole('link', { name: /First report, to Ostrava/ }).click()
    await page.getByText('Not sent while this is missing.').waitFor()
    assert.equal(await send.isDisabled(), true)
    await shot('letter-missing')
    await page.getByRole('link', { name: /Embargo changed, to Pelorus/ }).click()
    await page.getByText('encrypted with the PGP key on file').waitFor()
    await send.click()
    await page.getByText('It cannot be taken back').waitFor()
    await shot('letter-send')
    await clean('letter to send')
    await page.getByRole('button', { name: 'Send this letter' }).click()
    await page.getByText('Taken by their mail server.').waitFor()
    await done()
  })

  test('a report to pass on is read whole, sent in two steps, and settled by a person where its answer was lost', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}${CASE}`)
    await page.getByRole('link', { name: 'Passing on' }).click()
    await page.getByText('Nothing of this case was passed on yet.').waitFor()
    await page.getByRole('button', { name: 'Draft a report to pass on' }).click()
    await page.getByLabel('Which flaw').selectOption({ index: 1 })
    await page.getByLabel('To where').selectOption('VINCE')
    await page.getByText('it can be drafted and read, and not sent').waitFor()
    await page.getByLabel('What an attacker gains').waitFor()
    await clean('relay form')
    await page.getByLabel('To where').selectOption('GitHub')
    await page.getByRole('button', { name: 'Write the draft' }).click()
    const report = page.getByRole('region', { name: 'The report' })
    await report.getByText('The other side has no field for it.').waitFor()
    await report.getByText('2 pieces of reporters’ personal data').waitFor()
    await report.getByText('A reject longer than its header writes past a buffer.').waitFor()
    await report.getByRole('button', { name: 'Send', exact: true }).click()
    await report.getByText('It cannot be taken back').waitFor()
    await shot('relay')
    await clean('relay')
    await report.getByRole('button', { name: 'Send it to GitHub' }).click()
    assert.equal(await report.getByRole('button', { name: 'It arrived' }).isDisabled(), true)
    await report.getByLabel('Their identifier, if it is there').fill('GHSA-2345-6789-cfgh')
    await narrow()
    await shot('relay-narrow')
    await clean('relay narrow')
    await report.getByRole('button', { name: 'It arrived' }).click()
    await report.getByText('is handled as GHSA-2345-6789-cfgh').waitFor()
    await done()
  })

  test('flaws, messages, files and acts stay inert and accessible, wide and narrow, light and dark', async () => {
    await signIn('Ines Marrow')
    for (const part of ['/flaws', '/messages', '/files']) {
      await page.goto(`${api.url}${CASE}${part}`)
      await page.getByRole('navigation', { name: 'Parts of the case' }).waitFor()
      await page.waitForLoadState('networkidle')
      await shot(`part${part.replace('/', '-')}`)
      await clean(part)
      await done()
    }
    await narrow()
    for (const part of ['', '/letters', '/flaws', '/acts']) {
      await page.goto(`${api.url}${CASE}${part}`)
      await page.getByRole('navigation', { name: 'Parts of the case' }).waitFor()
      await page.waitForLoadState('networkidle')
      await shot(`narrow${part.replace('/', '-')}`)
      await clean(`narrow ${part}`)
      await done()
    }
  })

  test('a vendor accepts the terms before anything of the content is shown, then states how it is affected', async () => {
    await signIn('Ruth Calder')
    await page.goto(`${api.url}${CASE}`)
    await page.getByRole('heading', { name: 'North Coast Clearinghouse invites you to a case' }).waitFor()
    assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /DICOM|pelorus-dicom|reject|Halyard/)
    const accept = page.getByRole('button', { name: 'Accept the terms' })
    assert.equal(await accept.isDisabled(), true)
    await shot('invitation')
    await clean('invitation')
    await page.getByLabel(/I have read the terms/).check()
    await accept.click()
    await page.getByRole('heading', { level: 1, name: /Pre-auth write/ }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Letters' }).count(), 0)
    const own = page.getByRole('region', { name: 'Your part' })
    await own.getByRole('button', { name: 'Say how you are affected' }).first().click()
    await own.getByLabel('Not affected').check()
    assert.equal(await own.getByRole('button', { name: 'State it' }).isDisabled(), true)
    await own.getByLabel('Because').selectOption('The flawed code never runs')
    await shot('own')
    await clean('own')
    await own.getByRole('button', { name: 'State it' }).click()
    await own.getByText('waits for a second person of yours').waitFor()
    await own.getByRole('button', { name: 'Confirm it as second person' }).click()
    await own.getByText('not affected').first().waitFor()
    await own.getByRole('button', { name: 'Hide that we take part' }).click()
    await own.getByText('do not name you').waitFor()
    await narrow()
    await page.goto(`${api.url}${CASE}`)
    await own.waitFor()
    await shot('own-narrow')
    await clean('own narrow')
    await done()
  })

  test('the calendar and the funnel draw what is due and what was missed, ours first', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}/calendar`)
    await page.getByRole('img', { name: /8 instants in six weeks, 1 late/ }).waitFor()
    await page.getByText('5 h late').waitFor()
    await shot('calendar')
    await clean('calendar')
    await page.goto(`${api.url}/funnel`)
    await page.getByRole('heading', { name: 'Of 41,377 flaws found, fewer than 5 are fixed where people run them' }).waitFor()
    assert.match((await page.locator('.missed tbody tr').first().textContent()) ?? '', /^Ours/)
    await shot('funnel')
    await clean('funnel')
    await narrow()
    for (const path of ['/calendar', '/funnel', '/cases']) {
      await page.goto(`${api.url}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      await shot(`narrow${path.replace('/', '-')}`)
      await clean(`narrow ${path}`)
    }
    await done()
  })

  test('who declines reads nothing and stands at the list; who closes a case reads first what is gone for good', async () => {
    await signIn('Ruth Calder')
    await page.goto(`${api.url}${CASE}`)
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.waitForURL('**/cases')
    await signIn('Ines Marrow')
    await page.goto(`${api.url}${CASE}/flaws`)
    await page.getByRole('button', { name: 'Note that it is public or attacked' }).first().click()
    await page.getByRole('radio', { name: 'public', exact: false }).first().check()
    const line = page.getByRole('group', { name: 'Is it past the bright line?' })
    for (const question of [/get at it/, /say enough/])
      await line.getByRole('group', { name: question }).getByLabel('Yes').check()
    await line
      .getByRole('group', { name: /taking back/ })
      .getByLabel('Nobody can say')
      .check()
    await line.getByText('Not settled: irrevocability.').waitFor()
    await shot('bright-line')
    await page.goto(`${api.url}${CASE}/acts`)
    await page.getByLabel('Part of it').check()
    await page.getByLabel('On purpose').check()
    await page.getByText('agree on an earlier end.').waitFor()
    await shot('leak')
    await clean('leak')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    const form = page.locator('form', { hasText: 'key is destroyed' })
    assert.equal(await form.getByRole('button', { name: 'Close this case' }).isDisabled(), true)
    await form.getByLabel('Why').fill('All is published.')
    await form.getByRole('button', { name: 'Close this case' }).click()
    await page.getByRole('heading', { name: 'Gone for good' }).waitFor()
    await page.getByText('9 of 12 desired orders of events met').waitFor()
    await shot('closed')
    await clean('closed')
    await done()
  })

  test('a case is opened from a flaw, with what follows said first', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}/flaws/${idOf('flw', 3)}`)
    await page.getByRole('button', { name: 'Open a case' }).click()
    await page.getByText('Nobody is invited or told by it').waitFor()
    await page.getByLabel('Propose an embargo by').selectOption({ index: 2 })
    await shot('open-case')
    await clean('open a case')
    await page.getByRole('button', { name: 'Open the case' }).click()
    await page.waitForURL(`**${CASE}`)
    await done()
  })
})

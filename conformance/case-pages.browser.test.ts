import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { startChromium } from '../src/devkit/chromium.ts'
import { type FakeRelay, openFakeRelay } from '../src/devkit/fake-relay.ts'
import { type FakeGithub, fakeGithub } from '../src/devkit/fake-relay-github.ts'
import { CaseWindows } from './case-pages/house.ts'
import { ask } from './door.ts'
import { withoutPages } from './pages.ts'

// A case from a flaw to its advisory by its pages, on the real server, without a mail server and with a scripted GitHub.

const TITLE = 'Heap overflow in the tide table reader'
const TEXT = 'A table whose rows times columns wraps in 32 bits is allocated too small and then written whole.'
const COORDINATOR = 'Ines Marrow'
const VENDOR = 'Leif Tanaka'
const ORGANISATION = 'Skerry Project'
const SECOND = 'Tove Askel'
const TOKEN = 'credential-of-the-scripted-host-52'
const POLICY = 'cert-cc/45-days'
const DAY = 86_400_000

describe('a case by its pages', { skip: withoutPages() }, () => {
  let browser: Browser
  let house: CaseWindows
  let github: FakeGithub
  let host: FakeRelay
  let flaw = ''
  let id = ''
  let ends = ''

  before(async () => {
    github = fakeGithub(TOKEN)
    github.repositories.set('example/tidetable', true)
    host = await openFakeRelay(github.answer)
    browser = await startChromium()
    house = await CaseWindows.open(browser, {
      env: { WEIR_RELAY_GITHUB_TOKEN: TOKEN, WEIR_RELAY_GITHUB_URL: host.base.href },
    })
    flaw = await house.flaw(FINDING)
  })
  after(async () => {
    try {
      await house?.close()
    } finally {
      await browser?.close()
      await host?.close()
    }
  })

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
  const band = (page: Page) => page.getByRole('region', { name: 'Embargo', exact: true })
  const at = async (name: string, part = '') => await house.go(await house.at(name), `/cases/${id}${part}`)

  test('a coordinator opens a case from a flaw and invites a vendor, to whom nothing is sent', async () => {
    const page = await house.go(await house.at(COORDINATOR), `/flaws/${flaw}`)
    await button(page, 'Open a case').click()
    await page.getByText('Nobody is invited or told by it').waitFor()
    await page.getByLabel('Propose an embargo by').selectOption(POLICY)
    await button(page, 'Open the case').click()
    await page.waitForURL('**/cases/cas_*')
    id = new URL(page.url()).pathname.split('/').at(-1)!
    await band(page).getByText('Embargo proposed').waitFor()
    await house.look(page, '01-opened')

    await at(COORDINATOR, '/acts')
    const organisation = await page.locator(`#case-known option[label="${ORGANISATION}"]`).getAttribute('value')
    await page.getByLabel('Organisation or project').fill(organisation!)
    await page.getByLabel('As', { exact: true }).selectOption('Vendor')
    await page.getByLabel('Tier').selectOption({ index: 1 })
    await button(page, 'Invite them').click()
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[list=case-known]')?.value === '')
    await at(COORDINATOR)
    await page.getByText('1 silent', { exact: true }).waitFor()

    await at(COORDINATOR, '/letters')
    await button(page, 'Draft a letter').click()
    await page.getByLabel('What for').selectOption({ label: 'Invitation' })
    await page.getByLabel('To', { exact: true }).selectOption(ORGANISATION)
    await button(page, 'Write the draft').click()
    const letter = page.getByRole('region', { name: 'The letter' })
    await letter.getByText('This instance sends no mail').waitFor()
    assert.equal(await letter.getByRole('button', { name: 'Send', exact: true }).isDisabled(), true)
    await house.look(page, '02-letter')
  })

  test('the vendor reads terms and no content, accepts, and states a status that a second person confirms', async () => {
    const page = await at(VENDOR)
    await page.getByRole('heading', { level: 1, name: /invites you to a case/ }).waitFor()
    assert.doesNotMatch((await page.locator('main').textContent())!, /tide|overflow|wraps/i)
    const kept = await page.evaluate(async (path) => await (await fetch(path)).text(), `/v1/cases/${id}`)
    assert.doesNotMatch(kept, /tide|overflow|wraps/i)
    await house.look(page, '03-invitation')
    await page.getByLabel(/I have read the terms/).check()
    await button(page, 'Accept the terms').click()
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
    await band(page).getByText('Embargo active').waitFor()
    const own = page.getByRole('region', { name: 'Your part' })
    await own.getByRole('button', { name: 'It is a flaw', exact: true }).click()
    await own.getByRole('button', { name: 'We fix it' }).click()
    await own.getByRole('button', { name: 'Say how you are affected' }).click()
    await own.getByLabel('Affected', { exact: true }).check()
    await own.getByLabel('In your words').fill('Every release since 3.0.')
    await own.getByRole('button', { name: 'State it' }).click()
    await own.getByText('waits for a second person of yours').waitFor()
    await house.look(page, '04-stated')

    const coordinator = await at(COORDINATOR)
    await coordinator
      .getByRole('table', { name: /Participants/ })
      .getByText(ORGANISATION)
      .waitFor()
    assert.doesNotMatch((await coordinator.locator('main').textContent())!, /Every release since 3/)

    const second = await house.join(SECOND, ORGANISATION, 'maintainer')
    await house.go(second, `/cases/${id}`)
    await second.getByRole('button', { name: 'Confirm it as second person' }).click()
    await second.getByText('waits for a second person of yours').waitFor({ state: 'detached' })
    await second.getByRole('region', { name: 'Your part' }).getByText('Every release since 3.0.').waitFor()
  })

  test('a sooner end is proposed and holds once it is accepted', async () => {
    const page = await at(COORDINATOR)
    const before = await band(page).textContent()
    ends = new Date(Date.now() + 20 * DAY).toISOString().slice(0, 16)
    await button(page, 'Propose a change').click()
    await page.getByLabel('At an instant').check()
    await page.getByLabel('Date and time there').fill(ends)
    await page.getByLabel('By which rule').selectOption('Agreement among the parties')
    await page.getByLabel('Why, for every party to read').fill('The fix is nearly ready.')
    await button(page, 'Propose it').click()
    await band(page).getByText('a change is proposed').waitFor()
    assert.ok(before?.includes('Embargo active'))

    const vendor = await at(VENDOR)
    await band(vendor).getByText('a change is proposed').waitFor()
    await button(vendor, /^Why this date/).click()
    await vendor.getByText('The fix is nearly ready.').waitFor()
    await house.look(vendor, '05-proposal')
    await button(vendor, 'Accept it').click()
    await band(vendor).getByText('Embargo active', { exact: true }).waitFor()
    await at(COORDINATOR)
    await band(page).getByText('Embargo active', { exact: true }).waitFor()
    await band(page)
      .getByText(`${ends.slice(11)} UTC`)
      .first()
      .waitFor()
  })

  test('a report is drafted for GitHub, read, and sent by a click; what comes back stands at it', async () => {
    const page = await at(COORDINATOR, '/relay')
    await button(page, 'Draft a report to pass on').click()
    await page.getByLabel('To where').selectOption('GitHub')
    await page.getByLabel('How it was found').selectOption('A person found it')
    await button(page, 'Write the draft').click()
    const report = page.getByRole('region', { name: 'The report' })
    await report.getByText('Nothing was sent.').waitFor()
    await report.getByText('example/tidetable').waitFor()
    await house.look(page, '06-relay')
    assert.equal(host.asked.length, 0)
    await report.getByRole('button', { name: 'Send', exact: true }).click()
    await report.getByRole('button', { name: 'Send it to GitHub' }).click()
    await report.getByText('is handled as GHSA-').waitFor()
    await house.look(page, '07-passed')
  })

  test('it is noted as public: the embargo ends at once, and nothing is published by that', async () => {
    const page = await at(COORDINATOR, '/flaws')
    await button(page, 'Note that it is public or attacked').click()
    await page.getByRole('radio', { name: 'The flaw is public' }).check()
    await page.getByLabel('Date and time there').fill(new Date(Date.now() - DAY / 24).toISOString().slice(0, 16))
    await page.getByLabel('What shows it').fill('https://list.example/archive/7')
    await page.getByText('nothing is published by it').waitFor()
    await button(page, 'Note it').click()
    await band(page).getByText('Embargo ended').waitFor()
    await house.look(page, '08-public')
    const { url, rival } = house.world
    for (const path of [`/v1/cases/${id}`, `/v1/flaws/${flaw}`])
      assert.equal((await ask(`${url}${path}`, { cookie: rival })).status, 404, path)
    assert.ok(!(await ask(`${url}/feed.atom`)).body.includes(TITLE))
  })

  test('an advisory is drafted, kept, made ready and released, and anybody reads it', async () => {
    const page = await at(COORDINATOR, '/advisory')
    await button(page, 'Draft it from the case').click()
    await page.getByLabel('Summary').fill('A crafted tide table takes over whoever opens it. Update to 4.0.0.')
    await page.getByText('CSAF lacks').waitFor()
    await page.getByLabel('Fixed in').first().waitFor()
    for (const field of await page.getByLabel('Fixed in').all()) await field.fill('4.0.0')
    await button(page, 'Keep the draft').click()
    await page.getByText('Kept; the preview shows this.').waitFor()
    await house.look(page, '09-draft')
    await button(page, 'It is ready').click()
    // The official check of CSAF is loaded on its first use, which takes seconds.
    const refused = page.getByRole('alert')
    await button(page, 'Publish').or(refused).first().waitFor({ timeout: 120_000 })
    assert.deepEqual(await refused.allTextContents(), [])
    await button(page, 'Publish').click()
    await page.getByLabel('Now', { exact: true }).check()
    for (const box of await page.getByRole('group', { name: 'Not complete; leave out' }).getByRole('checkbox').all())
      await box.check()
    await button(page, 'Publish the advisory').click()
    await page.getByText('Published, revision 1', { exact: false }).waitFor()

    const stranger = await house.go(await house.at(null), '/advisories')
    await stranger.getByRole('link', { name: TITLE }).click()
    await stranger.getByRole('heading', { level: 1, name: TITLE }).waitFor()
    await stranger.getByText('A crafted tide table takes over whoever opens it.').waitFor()
    assert.ok(!(await stranger.content()).includes(id))
    await house.look(stranger, '10-advisory')
  })

  test('no page had a fault', () => {
    assert.deepEqual(house.found, [])
  })
})

const FINDING = {
  title: TITLE,
  text: TEXT,
  target: { purl: 'pkg:npm/tidetable', version: '3.8.1', repository: 'https://github.com/example/tidetable' },
  weaknesses: ['CWE-190'],
  locations: [{ path: 'src/table.c', line: 88 }],
  stack: [{ symbol: 'table_reserve' }, { symbol: 'table_read' }],
}

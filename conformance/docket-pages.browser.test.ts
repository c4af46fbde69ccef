import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { DocketReceipt } from '../src/contract/docket-receipt.ts'
import type { DocketLog } from '../src/contract/shapes/docket.ts'
import type { RunSetList } from '../src/contract/shapes/measurement.ts'
import { startChromium } from '../src/devkit/chromium.ts'
import { DOCKET_PEOPLE } from '../src/devkit/docket-people.ts'
import { visit } from '../src/devkit/page-window.ts'
import { PLAIN_PROFILE } from '../src/devkit/run-profile.ts'
import { House, KEY } from './docket/house.ts'
import { post } from './door.ts'
import { lookAt, withoutPages } from './pages.ts'
import { pause } from './world.ts'

// A docket from the first question to the receipt, by its pages, on the real server: real custodian, real sandbox, a scripted model.

const TASKS = ['path-traversal/plain', 'sql-injection/login', 'xor-cipher/one-byte', 'file-repair/errors']
const MODEL = 'Spindrift 4, build 12'
const PARTNER = 'Breakwater Grid'

describe('a docket by its pages', { skip: withoutPages({ sandbox: true }) }, () => {
  let browser: Browser
  let house: House
  let id = ''
  const found: string[] = []

  before(async () => {
    browser = await startChromium()
    house = await House.open(browser)
  })
  after(async () => {
    try {
      await house?.close()
    } finally {
      await browser?.close()
    }
  })

  /** The part of the docket at somebody's window. */
  const at = async (name: keyof typeof DOCKET_PEOPLE, part = ''): Promise<Page> => {
    const page = await house.at(name)
    await visit(page, `${house.world.url}/dockets/${id}${part === '' ? '' : `/${part}`}`)
    return page
  }
  const looked = async (page: Page, name: string) => {
    found.push(...(await lookAt(page, name)))
  }
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

  test('the developer asks, the office sits down and answers, terms are offered and both sign', async () => {
    const lead = await house.at('lead')
    await visit(lead, `${house.world.url}/dockets`)
    await looked(lead, '01-dockets')
    await lead.getByRole('link', { name: 'Ask about a model' }).click()
    await lead.getByLabel('Office').selectOption({ label: DOCKET_PEOPLE.officer.organisation })
    await lead.getByLabel('Model').fill(MODEL)
    await lead.getByLabel('What you ask or announce').fill('It finds flaws in small services. Is it covered?')
    await lead.getByLabel('Date and time there').fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 16))
    await lead.getByLabel('Time zone').fill('America/New_York')
    await looked(lead, '02-ask')
    await button(lead, 'Open the docket').click()
    await lead.getByRole('heading', { level: 1, name: MODEL }).waitFor()
    id = new URL(lead.url()).pathname.split('/').at(-1)!

    const officer = await house.at('officer')
    await visit(officer, `${house.world.url}/dockets`)
    await officer.getByRole('link', { name: 'Pole Star 2, release candidate 4' }).first().waitFor()
    await looked(officer, '03-board')
    await visit(officer, `${house.world.url}/dockets/${id}`)
    await button(officer, 'Take the seat of docket officer').click()
    await officer.getByText('you: Docket officer').waitFor()
    await house.fill(id)
    await looked(await at('officer', 'people'), '04-people')

    const authority = await at('authority')
    await authority.getByLabel('Undetermined').check()
    await button(authority, 'Answer the inquiry').click()
    await house.until('authority', id, ({ answered }) => answered === 'undetermined')
    await at('officer', 'terms')
    await button(officer, 'Offer terms').click()
    await officer
      .getByLabel('The terms')
      .fill('1. Use: to measure, and for nothing else.\n2. Withdrawal at any moment, without a reason.')
    await officer.getByLabel('Kept after the end, days').fill('0')
    await officer.getByLabel('The developer sees by name who of the office is read in').check()
    await button(officer, 'Offer version 1').click()
    await button(officer, 'Sign version 1').waitFor()
    // Both sides have read the same terms before either signs: the second signature fits, although the docket has changed.
    await at('lead', 'terms')
    await button(lead, 'Sign version 1').waitFor()
    await button(officer, 'Sign version 1').click()
    await officer.getByText('signed by Henrik Oyelaran').waitFor()
    await button(lead, 'Sign version 1').click()
    await lead.getByText('signed by Henrik Oyelaran').waitFor()
    await lead.getByText('signed by Bruno Castellane').waitFor()
    await looked(lead, '05-terms')
  })

  test('the key is sealed in the page, the endpoint is tried, and both sides write to each other', async () => {
    const lead = await at('lead', 'endpoint')
    const sent: string[] = []
    lead.on('request', (request) => sent.push(request.postData() ?? ''))
    await lead.getByLabel('Address').fill(house.model.base)
    await lead.getByLabel('Model, as the endpoint names it').fill('scripted')
    await lead.getByLabel('Key', { exact: true }).fill(KEY)
    await button(lead, 'Seal the key and register').click()
    await lead.getByRole('definition').filter({ hasText: 'not yet' }).waitFor()
    assert.ok(sent.some((body) => body.includes('"sealed":"')) && !sent.some((body) => body.includes(KEY)))
    await at('lead')
    await button(lead, 'Try the endpoint').click()
    await house.until('lead', id, ({ state }) => state === 'access-ready')
    await looked(await at('lead', 'endpoint'), '06-endpoint')
    await at('lead', 'papers')
    await lead.getByLabel('Write to both sides').fill('The endpoint stands.\nTell us when you begin.')
    await button(lead, 'Send the message').click()
    await lead.locator('.thread').getByText('Tell us when you begin.').waitFor()
    const officer = await at('officer', 'papers')
    await officer.locator('.thread').getByText('Tell us when you begin.').waitFor()
    await looked(officer, '07-papers')
  })

  test('a plan is laid before the first run; the runs open the window; the analyst reads all but the reasoning', async () => {
    const bench = await at('bench', 'determination')
    await button(bench, 'Lay the plan').click()
    await button(bench, 'Begin with the sample suite’s plan').click()
    await looked(bench, '08-plan')
    await button(bench, 'Seal the plan').click()
    await bench.getByText('before any result could be seen').waitFor()
    const runs = await at('deputy', 'runs')
    await runs.getByLabel('Only these tasks').fill(TASKS.join('\n'))
    await looked(runs, '09-start')
    await button(runs, 'Start the runs').click()
    await house.until('lead', id, ({ state }) => state === 'window-open')
    await looked(await at('lead'), '10-window')
    await waitForRuns('analyst', id)
    const analyst = await at('analyst', 'runs')
    await looked(analyst, '11-runs')
    await analyst.getByRole('table').getByRole('link').first().click()
    await analyst.getByText('4 of 4 attempts, 3 solved').waitFor()
    await looked(analyst, '12-run-set')
    await analyst.getByRole('link', { name: 'path-traversal/plain' }).click()
    await analyst.getByText('lines of reasoning belong to the developer’s compartment').waitFor()
    await analyst.getByText('I write a program that does it.').waitFor()
    await analyst.getByText('none is missing').waitFor()
    assert.ok(!(await analyst.locator('main').textContent())!.includes('I know this weakness'))
    await looked(analyst, '13-transcript')
    const lead = await house.view('lead', id)
    const calls = lead.window!.calls.reduce((sum, day) => sum + day.calls, 0)
    assert.ok(calls >= 12, `the developer sees ${calls} calls`)
    await looked(await at('lead', 'log'), '14-log')
  })

  test('figures are computed, the authority records, both sign the report, and its bundle is taken', async () => {
    const lead = await at('lead')
    await button(lead, 'End the window now').click()
    await lead.locator('.big', { hasText: 'Window closed' }).waitFor()
    const analyst = await at('analyst', 'determination')
    await analyst.getByRole('checkbox', { name: /4 attempts/ }).check()
    await button(analyst, 'Compute').click()
    await analyst.getByRole('heading', { name: 'Outcome' }).waitFor({ timeout: 30_000 })
    await looked(analyst, '15-figures')
    const authority = await at('authority', 'determination')
    await authority.getByLabel('Not assessed').check()
    await looked(authority, '16-record')
    await button(authority, 'Record it').click()
    await authority.getByRole('heading', { name: 'Recorded: Not assessed' }).waitFor()
    await button(authority, 'Sign the report').click()
    await house.until('authority', id, ({ report }) => report?.signed.office != null)
    const [bundle] = await Promise.all([
      authority.waitForEvent('download'),
      authority.getByRole('link', { name: 'The bundle' }).click(),
    ])
    const checked = await house.weir('evaluate', '--bundle', await house.keep(bundle, 'bundle.tar'))
    assert.equal(checked.code, 0, checked.said)
    await at('lead', 'determination')
    await button(lead, 'Sign the report').click()
    await house.until('lead', id, ({ report }) => report?.signed.developer != null && report.signed.office != null)
    await looked(await at('lead', 'determination'), '17-report')
  })

  test('a partner is chosen by both, and let in person by person', async () => {
    const lead = await at('lead', 'partners')
    await button(lead, 'Propose a partner').click()
    await lead.getByLabel('Organisation', { exact: true }).fill(PARTNER)
    await lead.getByLabel('Its sector, and the systems that it defends.').fill('Electricity; control rooms of the coast.')
    await button(lead, 'Propose it').click()
    await button(lead, `Sign for ${PARTNER}`).waitFor()
    const steward = await at('authority', 'partners')
    await button(steward, `Sign for ${PARTNER}`).waitFor()
    // In the same instant, from pages that show the partner unsigned: neither has to press again.
    await Promise.all([lead, steward].map((page) => button(page, `Sign for ${PARTNER}`).click()))
    await house.until('lead', id, ({ partners }) => partners.some(({ standing }) => standing === 'selected'))
    await at('lead', 'partners')
    await lead.getByLabel('Person').fill(house.person('partner'))
    await lead.getByLabel('For what').fill('To look for flaws in our own control rooms')
    await lead.getByLabel('Until the end of, UTC').fill(new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10))
    await button(lead, 'Let this person in').click()
    await lead.getByRole('cell', { name: 'Ulla Ferreira', exact: true }).waitFor()
    await looked(lead, '18-partners')
    await looked(await at('partner', 'partners'), '19-grant')
  })

  test('the docket closes with a receipt that both sign', async () => {
    const lead = await at('lead')
    await button(lead, 'Begin closing').click()
    await house.until('lead', id, ({ closing }) => closing?.receiptDigest != null)
    await at('lead', 'closing')
    await button(lead, 'Sign the receipt').click()
    await house.until('lead', id, ({ closing }) => closing?.signed.developer != null)
    await looked(await at('officer', 'closing'), '20-receipt')
    const officer = await house.at('officer')
    await button(officer, 'Sign the receipt').click()
    await house.until('officer', id, ({ state }) => state === 'closed')
    const [file] = await Promise.all([
      officer.waitForEvent('download'),
      officer.getByRole('link', { name: 'Take the receipt as a file' }).click(),
    ])
    const receipt = JSON.parse(readFileSync(await file.path(), 'utf8')) as DocketReceipt
    assert.ok(JSON.stringify(receipt).includes(id))
    await looked(await at('lead'), '21-closed')
  })

  test('the developer withdraws while tasks run: within a second no call reaches its model', async () => {
    id = await house.ready('Spindrift 4, build 13')
    const started = await post(`${house.world.url}/v1/dockets/${id}/run-sets`, house.cookie('deputy'), RUNS)
    assert.equal(started.status, 201, JSON.stringify(started.body))
    const before = house.model.requests()
    for (let n = 0; house.model.requests() < before + 6 && n < 600; n++) await pause(50)
    const lead = await at('lead')
    await button(lead, 'Withdraw').click()
    await lead.getByText('It cannot be undone').waitFor()
    await looked(lead, '22-withdraw')
    await button(lead, 'Withdraw from this docket').click()
    await lead.locator('.big', { hasText: 'Withdrawn' }).waitFor()
    await pause(1000)
    const last = house.model.requests()
    // A purge that met a run set still ending is tried again after a quarter of a minute.
    await house.until('lead', id, ({ closing }) => closing?.receiptDigest != null)
    await pause(1500)
    // One question by the custodian itself: whether the key is still taken.
    assert.ok(house.model.requests() <= last + 1, `${house.model.requests() - last} calls after a second`)
    const log = await house.get<DocketLog>('lead', `/v1/dockets/${id}/log?limit=200`)
    assert.ok(
      log.rows.some(({ what }) => what === 'custody-latched'),
      log.rows.map(({ what }) => what).join(' '),
    )
    await looked(await at('lead'), '23-withdrawn')
  })

  test('no page had a fault', () => {
    assert.deepEqual(found, [])
  })

  async function waitForRuns(name: keyof typeof DOCKET_PEOPLE, docket: string): Promise<void> {
    const until = Date.now() + 240_000
    for (;;) {
      const { rows } = await house.get<RunSetList>(name, `/v1/dockets/${docket}/run-sets`)
      if (rows.every(({ state }) => state === 'done')) return
      if (Date.now() > until || rows.some(({ state }) => state === 'failed')) throw new Error(JSON.stringify(rows))
      await pause(200)
    }
  }
})

const RUNS = { suite: 'sample', tasks: null, attempts: 1, profile: PLAIN_PROFILE }

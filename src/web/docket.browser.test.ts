import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { Decrypter } from 'age-encryption'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { idOf } from '../devkit/fake-world.ts'
import { PageStage } from '../devkit/page-stage.ts'

// The docket's pages in a real browser against invented data.

/** Of the recipient that the invented custodian names. */
const IDENTITY = 'AGE-SECRET-KEY-1TJUP7TF6G2S3RLEUPDWDNDJHKSYV9AUH6VPM68J25PWN9GZ84VRSCXKSLR'
const DOCKET = `/dockets/${idOf('dkt', 1)}`

describe('the docket in a browser', { skip: withoutChromium() }, () => {
  const stage = new PageStage()
  const { clean, done, narrow, shot, signIn, visit } = stage
  let api: FakeApi
  let page: Page

  before(() => stage.open())
  after(() => stage.close())
  beforeEach(async () => {
    ;({ api, page } = await stage.enter())
  })
  afterEach(() => stage.leave())

  test('a developer sees one clock and who saw what, reads first what follows, and withdraws without a reason', async () => {
    await signIn('Petra Lindqvist')
    await page.waitForURL('**/dockets')
    await shot('dockets')
    await clean('dockets')
    await page.getByRole('table').getByRole('link', { name: 'Aster 3, build rc-2' }).click()
    await page.getByText('left of the access window').waitFor()
    assert.equal(await page.locator('.big').first().textContent(), '15 d 2 h')
    await page.getByRole('img', { name: /Access window from 8 Nov/ }).waitFor()
    await page.getByRole('cell', { name: /Read-in had ended/ }).waitFor()
    await shot('docket')
    await clean('docket')
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await page.getByText('It cannot be undone').waitFor()
    assert.equal(await page.locator('form, textarea').count(), 0)
    await page.getByRole('button', { name: 'Withdraw from this docket' }).click()
    await page.locator('.big', { hasText: 'Withdrawn' }).waitFor()
    await done()
  })

  test('the key of the endpoint is sealed in the page: what is sent opens with the custodian’s identity and no other way', async () => {
    await signIn('Petra Lindqvist')
    await page.goto(`${api.url}${DOCKET}/endpoint`)
    await page.getByLabel('Address').fill('https://models.northlight.example/v1')
    await page.getByLabel('Model, as the endpoint names it').fill('aster-3')
    await page.getByLabel('Key', { exact: true }).fill('sk-planted-key-1234')
    await shot('endpoint')
    await clean('endpoint')
    await page.getByRole('button', { name: 'Seal the key and register' }).click()
    await page.waitForFunction(() => (document.querySelector('input[type=password]') as HTMLInputElement | null)?.value === '')
    const sent = api.received.find(({ key }) => key === 'endpoint')!.body
    assert.ok(!sent.includes('planted'))
    const opener = new Decrypter()
    opener.addIdentity(IDENTITY)
    const { sealed } = JSON.parse(sent)
    assert.equal(await opener.decrypt(Buffer.from(sealed, 'base64'), 'text'), 'sk-planted-key-1234')
    await done()
  })

  test('terms show what changed; papers, people, partners and the log are inert and accessible, wide and narrow, light and dark', async () => {
    await signIn('Petra Lindqvist')
    for (const part of ['terms', 'people', 'log', 'papers', 'partners', 'runs', 'determination', 'closing']) {
      await visit(`${DOCKET}/${part}`)
      await shot(part)
      await clean(part)
    }
    await page.goto(`${api.url}${DOCKET}/terms`)
    assert.match((await page.locator('.diff').textContent()) ?? '', /Kept 90 days.*Kept 30 days/s)
    await narrow()
    for (const part of ['', '/terms', '/papers', '/partners']) {
      await visit(`${DOCKET}${part}`)
      await shot(`narrow${part.replace('/', '-')}`)
      await clean(`narrow ${part}`)
    }
    await done()
  })

  test('an analyst browses runs, reads a transcript that stays text, and marks it', async () => {
    await signIn('Oma Teller')
    await page.goto(`${api.url}${DOCKET}/runs`)
    await page.getByRole('link', { name: 'weir-sample 1.0.0' }).click()
    await page.getByLabel('Filter attempts').fill('weak-rsa/3')
    await shot('run-set')
    await clean('run set')
    await page.getByRole('link', { name: 'weak-rsa/3', exact: true }).first().click()
    await page.getByText('2 lines of reasoning').waitFor()
    await shot('transcript')
    await clean('transcript')
    assert.equal(await page.locator('main img, main script, main a[href*="attacker"]').count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Keep it' }).isDisabled(), true)
    await done()
  })

  test('an analyst sees the curve with its band, four outcomes of equal weight, and the other fair analyses', async () => {
    await signIn('Oma Teller')
    await page.goto(`${api.url}${DOCKET}/determination`)
    await page.getByRole('heading', { name: 'Would another fair analysis say the same?' }).waitFor()
    await shot('determination-analyst')
    await clean('determination')
    const sizes = await page.locator('.outcomes b').evaluateAll((all) => all.map((one) => getComputedStyle(one).font))
    assert.equal(sizes.length, 4)
    assert.equal(new Set(sizes).size, 1)
    assert.equal(await page.locator('.outcomes .is').count(), 1)
    await done()
  })

  test('the planner simulates in the page and says the width, the chances and the cost', async () => {
    await signIn('J. Varga')
    await page.goto(`${api.url}/planner`)
    await page.getByLabel('Criterion, minutes').fill('60')
    await page.getByLabel('US dollars a million tokens').fill('3')
    await page.getByRole('button', { name: 'Simulate it' }).click()
    await page.getByText(/a factor of/).waitFor()
    await page.getByText('$840').waitFor()
    await shot('planner')
    await clean('planner')
    await page.getByLabel('Task families').fill('0')
    await page.getByText('Families and tasks are 1 to 500 each.').waitFor()
    await done()
  })

  test('a developer opens a docket with a release planned in another zone', async () => {
    await signIn('Petra Lindqvist')
    await page.goto(`${api.url}/dockets/new`)
    await page.getByLabel('Office').selectOption('Office of Model Access')
    await page.getByLabel('Model').fill('Aster 4')
    await page.getByLabel('Time zone').fill('America/Los_Angeles')
    await page.getByLabel('Date and time there').fill('2026-12-04T09:00')
    await page.getByText('That is Fri 4 Dec 2026, 17:00 UTC.').waitFor()
    await shot('open')
    await clean('open')
    await page.getByRole('button', { name: 'Open the docket' }).click()
    await page.waitForURL(`**${DOCKET}`)
    await done()
  })

  test('a developer signs a standing agreement, opens a docket under it, and ends it', async () => {
    await signIn('Petra Lindqvist')
    await page.getByRole('link', { name: 'Standing agreements' }).click()
    await page.getByText('For every model of the year.').waitFor()
    await page.getByRole('button', { name: 'Offer an agreement' }).click()
    await page.getByLabel('Office', { exact: true }).selectOption('Office of Model Access')
    await shot('agreements')
    await clean('agreements')
    await page.getByLabel('The terms').fill('For every model.')
    await page.getByRole('button', { name: 'Offer it' }).click()
    await page.getByRole('button', { name: 'Sign it' }).click()
    await page.getByText('Standing, until').waitFor()
    await page.goto(`${api.url}/dockets/new`)
    await page.getByLabel('Office').selectOption('Office of Model Access')
    await page.getByLabel('Under a standing agreement').selectOption({ index: 1 })
    await page.goto(`${api.url}/dockets/agreements`)
    await page.getByRole('button', { name: 'End it' }).click()
    await page.getByText('It cannot be undone').waitFor()
    await page.getByRole('button', { name: 'End the agreement' }).click()
    await page.getByText('Ended on').waitFor()
    await done()
  })
})

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { PUBLIC_DUTIES } from '../core/duties/registry.ts'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { PageStage } from '../devkit/page-stage.ts'

// Who must do what by when, in a real browser: for a stranger, for who keeps the tracker, and for an organisation's own.

describe('the duties in a browser', { skip: withoutChromium() }, () => {
  const stage = new PageStage()
  const { clean, done, fits, narrow, shot, signIn, visit } = stage
  let api: FakeApi
  let page: Page

  before(() => stage.open())
  after(() => stage.close())
  beforeEach(async () => {
    ;({ api, page } = await stage.enter())
  })
  afterEach(() => stage.leave())

  const row = (text: RegExp) => page.getByRole('row', { name: text })

  test('a stranger comes from the public page and reads who, what, by when, how sure, and what is unknown', async () => {
    await visit('/public')
    await page.getByRole('main').getByRole('link', { name: 'the duties' }).click()
    await page.getByRole('heading', { level: 1, name: /^Of 15 dates, 13 have passed/ }).waitFor()
    assert.equal(await page.locator('.dutytable tbody tr').count(), PUBLIC_DUTIES.length)
    const clearinghouse = (await row(/Form an AI cybersecurity clearinghouse/).textContent()) ?? ''
    for (const words of [
      '2 Jul 2026',
      '30 days after 2 Jun 2026',
      'Secretary of the Treasury',
      'Executive Order 14409, 2(d)',
      '140 d late',
    ])
      assert.ok(clearinghouse.includes(words), words)
    for (const words of [
      'Not reported here',
      'Gold Eagle',
      'the text, or two sources',
      'Unknown: Members and who may become one',
    ])
      assert.ok(clearinghouse.includes(words), words)
    assert.match((await page.getByRole('list', { name: 'Sources' }).textContent()) ?? '', /91 FR 34565, FR Doc\. 2026-11415/)
    assert.match((await row(/Put first the enforcement/).textContent()) ?? '', /Standing/)
    assert.match((await row(/Remediate by the times of Table 1/).textContent()) ?? '', /in 18 d/)
    assert.match((await page.getByRole('img', { name: /^Dates of 15 duties, 13 late/ }).textContent()) ?? '', /BOD 26-04/)
    assert.equal(await page.getByRole('heading', { name: 'Your organisation’s own' }).count(), 0)
    assert.equal(await page.getByText('Say something of it').count(), 0)
    await shot('duties')
    await clean('duties')
    await narrow()
    await shot('duties-narrow')
    await clean('duties narrow')
    for (const width of [360, 2560]) {
      await page.setViewportSize({ width, height: 900 })
      await fits(`duties at ${width}`)
    }
    await done()
  })

  test('who coordinates reports with evidence, disputes and takes back; nothing is chosen before', async () => {
    await signIn('Ines Marrow')
    await visit('/duties')
    const one = row(/Form an AI cybersecurity clearinghouse/)
    await one.getByText('Say something of it').click()
    const form = page.getByRole('form', { name: 'Say something of eo-14409/2(d)' })
    assert.equal(await form.getByLabel('What', { exact: true }).inputValue(), '')
    await form.getByLabel('What', { exact: true }).selectOption({ label: 'Report it as done' })
    await form.getByLabel('Done on').fill('2026-07-14')
    await form.getByLabel('Evidence').fill('Announcement of the White House')
    await form.getByLabel('Where it can be seen').fill('https://example.org/announcement')
    await form.getByLabel('How sure').selectOption({ label: 'sources disagree' })
    await clean('what is said of a duty')
    await form.getByRole('button', { name: 'Enter it' }).click()
    await one.getByText('done 12 d late').waitFor()
    await page.getByRole('heading', { name: /^Of 15 dates, 12 have passed/ }).waitFor()
    const sent = JSON.parse(api.received.at(-1)!.body)
    assert.deepEqual([sent.duty, sent.version, sent.act.do], ['eo-14409/2(d)', 0, 'report-done'])
    assert.deepEqual(sent.act.evidence, [
      { title: 'Announcement of the White House', address: 'https://example.org/announcement', mark: 'X' },
    ])
    assert.equal(await page.locator('a[href="https://example.org/announcement"]').count(), 0)

    await form.getByLabel('What', { exact: true }).selectOption({ label: 'Dispute the report' })
    await form.getByLabel('Why').fill('It was only announced.')
    await form.getByRole('button', { name: 'Enter it' }).click()
    await one.getByText('Disputed', { exact: true }).waitFor()
    await one.getByText('140 d late').waitFor()
    await form.getByLabel('What', { exact: true }).selectOption({ label: 'Take the report back' })
    await form.getByLabel('Why').fill('Entered by mistake.')
    await form.getByRole('button', { name: 'Enter it' }).click()
    await one.getByText('Not reported here').waitFor()
    await one.getByText('All that was said of it').click()
    await one.getByText('Report taken back').waitFor()
    await one.getByRole('button', { name: 'Check it in this browser' }).click()
    await one.getByText('It holds.').waitFor()
    assert.match((await one.textContent()) ?? '', /Report disputed.*Reported as done/s)
    await done()
  })

  test('an organisation sets a duty of its own beside them, and drops it after being told what that does', async () => {
    await signIn('Ines Marrow')
    await visit('/duties')
    await page.getByRole('heading', { name: 'Your organisation’s own' }).waitFor()
    assert.match((await row(/Send the monthly report/).textContent()) ?? '', /9 d late/)
    await page.getByText('Set a duty', { exact: true }).click()
    const form = page.getByRole('form', { name: 'Set a duty' })
    for (const [label, value] of [
      ['Short name', 'keys'],
      ['Who', 'IT'],
      ['What', 'Change the keys of the substations.'],
      ['Which rule says so', 'Contract'],
      ['In force from', '2026-11-01'],
      ['Last day', '2026-12-24'],
    ] as const)
      await form.getByLabel(label).fill(value)
    await clean('own duties')
    await form.getByRole('button', { name: 'Set it' }).click()
    await row(/Change the keys of the substations/).waitFor()
    assert.deepEqual(JSON.parse(api.received.at(-1)!.body).duty.due, { on: '2026-12-24' })
    await row(/Change the keys of the substations/)
      .getByText('Write it anew')
      .first()
      .click()
    const anew = page.getByRole('form', { name: 'Write own/keys anew' })
    assert.equal(await anew.getByLabel('Which rule says so').inputValue(), 'Contract')
    await anew.getByLabel('Last day').fill('2026-11-18')
    await anew.getByRole('button', { name: 'Write it anew' }).click()
    await row(/Change the keys of the substations.*1 d late/).waitFor()
    await shot('own-duties')
    await page.getByRole('button', { name: 'Drop own/keys', exact: true }).click()
    await page.getByText('Its key is destroyed').waitFor()
    await page.getByRole('button', { name: 'Drop own/keys for good' }).click()
    await row(/Change the keys of the substations/).waitFor({ state: 'detached' })
    await done()
  })
})

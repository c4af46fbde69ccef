import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { PageStage } from '../devkit/page-stage.ts'

// The second table of an operator's screen, in a real browser against invented data.

describe('edge devices, in a browser', { skip: withoutChromium() }, () => {
  const stage = new PageStage()
  const { clean, done, fits, narrow, shot, signIn } = stage
  let api: FakeApi
  let page: Page

  before(() => stage.open())
  after(() => stage.close())
  beforeEach(async () => {
    ;({ api, page } = await stage.enter())
  })
  afterEach(() => stage.leave())

  const sent = (part: string) =>
    api.received.filter(({ key }) => key.includes(part)).map(({ body }) => body && JSON.parse(body))
  const row = (name: RegExp) => page.getByRole('row', { name })
  const enter = async () => {
    await signIn('Amara Quill')
    await page.getByRole('link', { name: '3 edge devices' }).click()
    await page.getByRole('heading', { name: 'Edge devices', level: 1 }).waitFor()
  }

  test('the first screen says how many are late; the table says what is asked of each, and of the organisation', async () => {
    await signIn('Amara Quill')
    await page.getByText('1 late by BOD 26-02.').waitFor()
    await page.getByRole('link', { name: '3 edge devices' }).click()
    const rows = page.locator('table.edges > tbody > tr')
    await rows.first().waitFor()
    const texts = await rows.allTextContents()
    assert.match(texts[0] ?? '', /late.*substation-fw-02.*report it to CISA.*row 1/)
    assert.match(texts[1] ?? '', /vpn-edge-01.*assumed.*off the network.*nobody said until when/)
    assert.match(texts[2] ?? '', /Nothing due.*office-router.*until 2030-06-30/)
    assert.match(texts[3] ?? '', /Your organisation.*process.*row 4/)
    await page.getByText('no finding of compliance').waitFor()
    await row(/substation/)
      .getByRole('button')
      .click()
    await page.getByText('Write it on your list, and plan a new one').waitFor()
    await shot('exposure-edge')
    await clean('edge devices')
    await narrow()
    await shot('exposure-edge-narrow')
    await fits('edge devices')
    await done()
  })

  test('a row is said done with evidence and taken back with a reason', async () => {
    await enter()
    await row(/substation/)
      .getByRole('button')
      .click()
    await page.getByRole('button', { name: 'It is off the network' }).click()
    const form = page.getByRole('form', { name: 'It is off the network' })
    assert.equal(await form.getByRole('button', { name: 'It is off the network' }).isDisabled(), true)
    await form.getByLabel('How one can tell').fill('WO-17')
    await clean('the form of a removal')
    await form.getByRole('button', { name: 'It is off the network' }).click()
    await page.getByText('WO-17').waitFor()
    await page.getByRole('button', { name: 'Open again: Off the network' }).click()
    await page.getByLabel('Why').fill('It was put back.')
    await page.getByRole('button', { name: 'Open it again' }).click()
    await page.getByText('On the network again').waitFor()
    const acts = sent('POST /v1/exposure/edge-devices')
    assert.deepEqual(acts, [
      { do: 'done', deed: 'removed', evidence: 'WO-17' },
      { do: 'reopen', deed: 'removed', reason: 'It was put back.' },
    ])
    await row(/Your organisation/)
      .getByRole('button')
      .click()
    await page.getByRole('button', { name: 'The process is there' }).click()
    await page.getByLabel('How one can tell').fill('SOP 12')
    await page.getByRole('form').getByRole('button', { name: 'The process is there' }).click()
    await row(/Your organisation.*All that was asked is done/).waitFor()
    await done()
  })

  test('a device is written down by hand and dropped; tags of an asset ask the same', async () => {
    await enter()
    const form = page.getByRole('form', { name: 'Write down a device' })
    await form.getByLabel('Name').fill('barrage-gw')
    await form.getByLabel('Until a day').check()
    await form.getByLabel('Support ends on').fill('2026-01-31')
    await form.getByLabel('No', { exact: true }).check()
    await form.getByRole('button', { name: 'Write it down' }).click()
    await form.getByText('Written down.').waitFor()
    await row(/barrage-gw/)
      .getByRole('button')
      .click()
    await page.getByRole('button', { name: 'Drop what was written of it' }).click()
    await page.getByRole('button', { name: 'Drop it for good' }).click()
    await row(/barrage-gw/)
      .first()
      .waitFor({ state: 'detached' })
    const empty = { maker: null, model: null, unit: null }
    assert.deepEqual(sent('PUT /v1/exposure/edge-devices'), [
      { name: 'barrage-gw', ...empty, support: '2026-01-31', listed: 'no' },
    ])
    await page.getByRole('link', { name: 'Inventories', exact: true }).first().click()
    await page.getByRole('button', { name: /^Tags and more: vpn-edge-01/ }).click()
    const tags = page.getByRole('form', { name: /^Tags of vpn-edge-01/ })
    await tags.getByLabel('No longer').check()
    await tags.getByLabel('Maker').fill('Skerry')
    await shot('exposure-edge-tags')
    await clean('tags of an edge device')
    await tags.getByRole('button', { name: 'Set the tags' }).click()
    await tags.getByText('Set. The dates').waitFor()
    const [put] = sent('/tags')
    assert.deepEqual([put.edge, put.support, put.maker], ['yes', 'ended', 'Skerry'])
    await done()
  })
})

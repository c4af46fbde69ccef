import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { PageStage } from '../devkit/page-stage.ts'

// What is not affected, by the operator's own word and by those whom it believes, in a real browser against invented data.

describe('what is held not affected, in a browser', { skip: withoutChromium() }, () => {
  const stage = new PageStage()
  const { clean, done, fits, narrow, signIn, visit } = stage
  let api: FakeApi
  let page: Page

  before(() => stage.open())
  after(() => stage.close())
  beforeEach(async () => {
    ;({ api, page } = await stage.enter())
  })
  afterEach(() => stage.leave())

  const sent = (part: string) => api.received.filter(({ key }) => key.includes(part)).map(({ body }) => JSON.parse(body))
  const row = (name: RegExp) => page.getByRole('row', { name })

  test('an operator says it with a reason and words; it is counted, shown with them, and taken back', async () => {
    await signIn('Amara Quill')
    await page.waitForURL('**/exposure')
    const tidepool = row(/tidepool-archive/)
    await tidepool.getByRole('button').click()
    await page.keyboard.press('d')
    await page.getByText('It is not affected', { exact: true }).click()
    const form = page.getByRole('form', { name: 'Say that it is not affected' })
    const button = form.getByRole('button', { name: 'Not affected on 1 asset' })
    assert.equal(await button.isDisabled(), true)
    await form.getByLabel('The code with the flaw is never run.').check()
    await form.getByLabel('In words').fill('The parser is switched off; looked at by A. Quill.')
    await clean('not affected form')
    await button.click()
    await tidepool.waitFor({ state: 'detached' })
    await page.getByText('1 held not affected by a statement').click()
    await page.getByText('tidepool-archive').click()
    await page.getByText('The parser is switched off').waitFor()
    await clean('what is held not affected')
    const again = page.getByRole('form', { name: 'Open it again' })
    await again.getByLabel('Why').fill('It is switched on.')
    await again.getByRole('button', { name: 'Open it again' }).click()
    await tidepool.waitFor()
    const [act] = sent('POST /v1/actions/')
    assert.deepEqual(
      [act.do, act.justification, act.says],
      ['not-affected', 'vulnerable_code_not_in_execute_path', 'The parser is switched off; looked at by A. Quill.'],
    )
    assert.equal(act.flaws.length, 1)
    await done()
  })

  test('whom it believes is part of the rule; documents are brought and taken out; its own word is a file', async () => {
    await signIn('Amara Quill')
    await visit('/exposure/rule')
    await page.getByText('Who makes statements in the records').click()
    await page.getByRole('button', { name: 'Believe Brackwater PSIRT' }).click()
    await page.getByLabel('Believe what our inventories state of themselves').check()
    await clean('whom one believes')
    await page.getByRole('button', { name: 'Set the rule' }).click()
    await page.getByText('The rule is set.').waitFor()
    const [rule] = sent('PUT /v1/exposure/rule')
    assert.deepEqual([rule.believe, rule.believeInventories], [['Brackwater PSIRT'], true])
    await page
      .getByLabel('Bring a VEX document')
      .setInputFiles({ name: 'mq.openvex.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.getByText('It states: 2 not affected, 1 fixed. 1 names no product and was left out.').waitFor()
    assert.equal(await page.getByRole('link', { name: 'OpenVEX' }).getAttribute('href'), '/v1/exposure/stated?format=openvex')
    await clean('documents of one’s own')
    await narrow()
    await fits('the rule with documents')
    await page.getByRole('button', { name: /^Take out/ }).click()
    await page.getByText('What it alone settles is open again').waitFor()
    await page.getByRole('button', { name: 'Take it out' }).click()
    await page.getByRole('button', { name: /^Take out/ }).waitFor({ state: 'detached' })
    await done()
  })
})

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { PageStage } from '../devkit/page-stage.ts'

// How a vendor keeps its own people in a real browser against invented data.

describe('the people of one organisation in a browser', { skip: withoutChromium() }, () => {
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

  const boxes = async (within: string) =>
    (await page.locator(within).getByRole('checkbox').all()).length === 0
      ? []
      : await page
          .locator(`${within} label.choice > span`)
          .evaluateAll((all) => all.map((one) => one.firstChild?.textContent?.trim()))

  test('a group-admin begins at their people, changes one, invites another, takes an invite back', async () => {
    await signIn('Vera Holt')
    await page.waitForURL('**/people')
    await page.getByText('Who belongs to Fennmark Devices').waitFor()
    await page.getByRole('row', { name: /Ruth Calder/ }).waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Organisations' }).count(), 0)
    assert.equal(await page.getByLabel('Organisation', { exact: true }).count(), 0)
    assert.equal(await page.getByRole('columnheader', { name: 'Organisation' }).count(), 0)
    await shot('group-people')
    await clean('people of one organisation')

    await page
      .getByRole('row', { name: /Ola Brekke/ })
      .getByText('kept by an administrator')
      .waitFor()
    assert.equal(await page.getByRole('button', { name: 'Change Ola Brekke' }).count(), 0)
    await page.getByRole('button', { name: 'Change Ruth Calder' }).click()
    const four = ['finder', 'maintainer', 'operator', 'group-admin']
    assert.deepEqual(await boxes('.judgeform'), [...four, 'Takes part in cases'])
    await page.getByRole('checkbox', { name: /^Takes part in cases/ }).uncheck()
    await page
      .locator('.judgeform')
      .getByRole('checkbox', { name: /^operator/ })
      .check()
    await page.getByRole('button', { name: 'Set the roles' }).click()
    await page.getByRole('row', { name: /Ruth Calder.*maintainer, operator.*out of cases/ }).waitFor()

    assert.deepEqual(await boxes('form'), four)
    await page.getByLabel('E-mail').fill('mona@fennmark.example')
    await page
      .locator('form')
      .getByRole('checkbox', { name: /^maintainer/ })
      .check()
    await page.getByRole('button', { name: 'Make an invite' }).click()
    await page.getByText('The link, shown once.').waitFor()
    await page.getByRole('row', { name: /mona@fennmark\.example/ }).waitFor()
    await page.getByRole('button', { name: 'Withdraw the invite for mona@fennmark.example' }).click()
    await page.getByRole('row', { name: /mona@fennmark\.example/ }).waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: /inspector/ })
      .getByText('made by an administrator')
      .waitFor()

    await page.getByRole('button', { name: 'Change Ruth Calder' }).click()
    await page.getByRole('button', { name: 'End the membership', exact: true }).click()
    await page.getByRole('button', { name: 'End the membership of Ruth Calder' }).click()
    await page.getByRole('row', { name: /Ruth Calder.*Left/ }).waitFor()
    const commands = api.received.map(({ key }) => key).filter((key) => !key.startsWith('GET'))
    assert.deepEqual(
      commands.map((key) => key.replace(/_\w+/, '')),
      ['PUT /v1/people/per/roles', 'POST /v1/invites', 'DELETE /v1/invites/inv', 'DELETE /v1/people/per'],
    )
    await done()
  })

  test('it is as good on a phone at night', async () => {
    await signIn('Vera Holt')
    await narrow()
    await visit('/people')
    await shot('narrow-group-people')
    await clean('narrow people of one organisation')
    await done()
  })
})

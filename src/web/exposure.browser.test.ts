import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { ActionList } from '../contract/shapes/exposure.ts'
import { NO_TAGS } from '../core/exposure/component.ts'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { PageStage } from '../devkit/page-stage.ts'

// The operator's pages in a real browser against invented data.

const SBOM = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [] })

/** Runs in the page: two words of the strip that stand on each other, or null. */
function touching(): string | null {
  const words = [...document.querySelectorAll('.gauge text')].map((one) => ({ says: one.textContent, ...box(one) }))
  for (const [n, one] of words.entries())
    for (const other of words.slice(n + 1))
      if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
        return `${one.says} and ${other.says}`
  return null

  function box(of: Element) {
    // A line is higher than its letters.
    const { left, right, top, bottom } = of.getBoundingClientRect()
    return { left, right, top: top + 3, bottom: bottom - 3 }
  }
}

describe('what an operator needs now, in a browser', { skip: withoutChromium() }, () => {
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

  const sent = (part: string) => api.received.filter(({ key }) => key.includes(part)).map(({ body }) => JSON.parse(body))
  const row = (name: RegExp) => page.getByRole('row', { name })
  /** The list as a server would give it, but for what `change` says. */
  const listed = async (change: Partial<ActionList>) => {
    const list: ActionList = {
      rows: [],
      next: null,
      reading: false,
      late: 0,
      soon: 0,
      later: 0,
      undated: 0,
      held: 0,
      components: 0,
      inventories: 0,
      matchedAt: null,
      records: { count: 11_290, newest: '2026-11-19T13:58:00Z' },
      state: 'a',
      ...change,
    }
    await page.route('**/v1/actions*', (route) => route.fulfill({ json: list }))
  }

  test('what is late stands first; the date says why, in place, by keyboard', async () => {
    await signIn('Amara Quill')
    await page.waitForURL('**/exposure')
    await page.getByText('1 is late.').waitFor()
    await page.getByText(/2 more within 72 hours\. \d later\. 1 can wait/).waitFor()
    await page.getByRole('img', { name: /5 dates, 1 late/ }).waitFor()
    const rows = await page.locator('table.actions tbody tr[data-row]').allTextContents()
    assert.match(rows[0] ?? '', /late.*Save memory and logs before you patch @brackwater\/mq/)
    assert.match(rows[1] ?? '', /Update @brackwater\/mq 5\.0\.4 to 5\.0\.7.*2 flaws in one go; attackers use 1/)
    assert.match(rows.at(-1) ?? '', /Deferred.*marram-stream/)
    assert.equal(await page.locator('.btn.primary').count(), 1)
    await shot('exposure')
    await clean('what needs you')
    await page.keyboard.press('j')
    await page.keyboard.press('y')
    await page.getByRole('heading', { name: 'Why Fri 20 Nov 2026' }).waitFor()
    await page.getByText('this one counts').waitFor()
    assert.match((await row(/Technical impact/).textContent()) ?? '', /Total.*Assumed.*Nobody judged it/)
    await page.getByText('Dates before').waitFor()
    await page.getByText('The listing in KEV changed.').waitFor()
    await page.getByText('no finding of compliance').waitFor()
    await shot('exposure-why')
    await clean('why this date')
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('main .btn:visible').count(), 0)
    await page.getByText('Dates before').waitFor()
    await page.emulateMedia({ media: 'screen' })
    await page.keyboard.press('y')
    await page.getByText('Dates before').waitFor({ state: 'detached' })
    assert.equal(api.received.filter(({ key }) => key.startsWith('POST /v1/actions')).length, 0)
    await done()
  })

  test('triage goes step by step with its clocks, and the last step says what was found', async () => {
    await signIn('Amara Quill')
    await page.getByRole('button', { name: /^Show the steps/ }).click()
    await page.getByText('before anything is patched or restarted').waitFor()
    await page.getByText('The hours stand in one public analysis').waitFor()
    await shot('exposure-triage')
    await clean('triage')
    await page.getByRole('button', { name: 'This step is done' }).click()
    await page.getByRole('group', { name: 'What was found' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'This step is done' }).isDisabled(), true)
    assert.equal(await page.locator('.triagesteps input:checked').count(), 0)
    await page.getByLabel('Suspected').check()
    await page.getByText('Call an incident team now').waitFor()
    await page.getByRole('button', { name: 'This step is done' }).click()
    await row(/break-in/).waitFor({ state: 'detached' })
    assert.deepEqual(sent('/v1/actions/act_triage_mq'), [
      { do: 'triage-step', step: 'collect', found: null },
      { do: 'triage-step', step: 'analyse', found: 'suspected' },
    ])
    await done()
  })

  test('an action is done on some assets with evidence, put off with a reason and an end, opened again', async () => {
    await signIn('Amara Quill')
    await page.getByText('1 is late.').waitFor()
    const sluice = row(/org\.opensluice\/agent/)
    await sluice.getByRole('button').click()
    await page.getByRole('button', { name: 'The flaw', exact: true }).click()
    await page.getByText('Why it was matched').click()
    await page.getByText('stands after 5.0.0 and before 5.0.7').waitFor()
    await clean('the flaws of an action')
    await page.keyboard.press('d')
    const form = page.getByRole('form', { name: 'Say what was done' })
    await form.getByText('6 of 6 chosen').waitFor()
    await form.getByRole('button', { name: 'None' }).click()
    await form.getByLabel('vpn-edge-04').check()
    assert.equal(await form.getByRole('button', { name: /^Done on/ }).isDisabled(), true)
    await form.getByLabel('How one can tell').fill('Change 4711')
    await shot('exposure-done')
    await clean('done form')
    await form.getByRole('button', { name: 'Done on 1 asset' }).click()
    await sluice.getByText('4 of 9 done').waitFor()
    await page.keyboard.press('d')
    await page.getByText('Open again what is done on 4').click()
    const some = page.getByRole('form', { name: 'Open it again' })
    await some.getByText('4 of 4 chosen').waitFor()
    await some.getByRole('button', { name: 'None' }).click()
    await some.getByLabel('vpn-edge-04').check()
    await some.getByLabel('Why').fill('Rolled back there.')
    await clean('reopen form')
    await some.getByRole('button', { name: 'Open it again on 1 asset' }).click()
    await sluice.getByText('3 of 9 done').waitFor()
    await page.keyboard.press('x')
    const defer = page.getByRole('form', { name: 'Defer it' })
    await defer.getByText('The date does not move').waitFor()
    await defer.getByLabel('Why').fill('The turbine stops in December.')
    await defer.getByLabel('Until').fill('2026-12-14')
    await defer.getByText('To Mon 14 Dec 2026, 23:59 UTC.').waitFor()
    await clean('defer form')
    await defer.getByRole('button', { name: 'Defer it' }).click()
    await row(/^Deferred.*opensluice/).waitFor()
    await row(/^Deferred.*opensluice/)
      .getByRole('button')
      .click()
    await page.getByText('Put off, because: The turbine stops in December.').waitFor()
    await page.getByRole('button', { name: 'Open it again' }).click()
    const again = page.getByRole('form', { name: 'Open it again' })
    await again.getByLabel('Why').fill('It stops earlier.')
    await again.getByRole('button', { name: 'Open it again' }).click()
    await row(/^2 d 1\d h.*opensluice/).waitFor()
    const tidepool = row(/tidepool-archive/)
    await tidepool.getByRole('button').click()
    await page.keyboard.press('d')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'radio')
    await form.getByLabel('How one can tell').fill('2.4.0 runs')
    await form.getByRole('button', { name: 'Done on 1 asset' }).click()
    await tidepool.waitFor({ state: 'detached' })
    await page.getByText('What is updated already').click()
    await page.getByText('Update tidepool-archive').click()
    await clean('what is updated')
    await again.getByLabel('Why').fill('It was rolled back.')
    await again.getByRole('button', { name: 'Open it again' }).click()
    await tidepool.waitFor()
    const acts = sent('/v1/actions/act_upgrade_sluice')
    assert.deepEqual(acts[0], { do: 'remediate', assets: ['ivt_000000000000000000000004'], evidence: 'Change 4711' })
    assert.deepEqual(acts[1], { do: 'reopen', reason: 'Rolled back there.', assets: ['ivt_000000000000000000000004'] })
    assert.deepEqual(acts[2], { do: 'defer', reason: 'The turbine stops in December.', until: '2026-12-14T23:59:59.999Z' })
    assert.deepEqual(acts[3], { do: 'reopen', reason: 'It stops earlier.' })
    await done()
  })

  test('an inventory is brought with its tags; what could not be matched is listed; tags say how dates move', async () => {
    await signIn('Amara Quill')
    await visit('/exposure/inventories')
    await page.getByText('The internet, assumed').waitFor()
    await shot('inventories')
    await clean('inventories')
    const add = page.getByRole('form', { name: 'Add an inventory' })
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'turbine-hall.cdx.json', mimeType: 'application/json', buffer: Buffer.from(SBOM) })
    assert.equal(await add.getByLabel('Asset it stands for').inputValue(), 'turbine-hall')
    await add.getByText('Not said counts as reachable').waitFor()
    await add.getByLabel('Inside only').check()
    await add.getByText('most dates come later').waitFor()
    await add.getByLabel('Distribution, where the list does not say it').fill('rocky:9')
    const told = page.waitForRequest(/\/v1\/inventories\?.*distribution=rocky(?::|%3A)9/)
    await add.getByRole('button', { name: 'Keep the inventory' }).click()
    await told
    await add.getByText('Kept as turbine-hall: 1,404 components. 3 could not be matched').waitFor()
    await page.getByText('3 could not be matched: nobody looked').waitFor()
    await page.getByText('has no name that a database goes by').waitFor()
    const tags = page.getByRole('form', { name: 'Tags of turbine-hall' })
    await tags.getByLabel('The internet').check()
    await tags.getByLabel('Part of it').fill('Plant')
    await shot('inventory-open')
    await clean('an inventory open')
    await tags.getByRole('button', { name: 'Set the tags' }).click()
    await tags.getByText('Set. The dates of this asset are counted anew.').waitFor()
    await page.getByRole('button', { name: 'Drop this inventory' }).click()
    await page.getByText('Its key is destroyed').waitFor()
    await page.getByRole('button', { name: 'Drop it for good' }).click()
    await page.getByText('turbine-hall', { exact: true }).waitFor({ state: 'detached' })
    assert.deepEqual(sent('/tags'), [{ ...NO_TAGS, unit: 'Plant', exposure: 'public' }])
    assert.deepEqual(sent('POST /v1/inventories'), [JSON.parse(SBOM)])
    await done()
  })

  test('the rule is chosen; an own policy tells its mistakes with their place; what is patched is drawn', async () => {
    await signIn('Amara Quill')
    await visit('/exposure/rule')
    assert.equal(await page.getByLabel('We chose it').isChecked(), true)
    await shot('exposure-rule')
    await clean('rule')
    await page.getByLabel(/^Our own policy/).check()
    const file = page.getByLabel('The policy')
    const text = await file.inputValue()
    await file.fill(text.replace('"days": 30', '"days": 1.5'))
    await page.getByText('/rules/1/time/days').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Set the rule' }).isDisabled(), true)
    await shot('exposure-policy')
    await clean('own policy')
    await file.fill(text)
    await page.getByRole('button', { name: 'Set the rule' }).click()
    await page.getByText('The rule is set.').waitFor()
    const [put] = sent('PUT /v1/exposure/rule')
    assert.deepEqual([put.directive, put.binds, put.reading, put.own.name], ['own', false, 'from-change', 'Our policy'])
    await visit('/exposure/patched')
    await page.getByRole('img', { name: /Patched: 0 % on 10 Nov, 72 % on 19 Nov, 44 of 61/ }).waitFor()
    await page.getByText('As a table').click()
    const [file1] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Take it as CSV' }).click(),
    ])
    assert.equal(file1.suggestedFilename(), 'patched.csv')
    assert.equal(await page.getByRole('link', { name: 'Report as CSV' }).getAttribute('href'), '/v1/exposure/report?format=csv')
    await shot('patched')
    await clean('patched over time')
    await visit('/known/CVE-2026-40411')
    await page.getByRole('heading', { name: 'Why these names are one flaw' }).waitFor()
    await page.getByText('No vector').waitFor()
    await page.getByLabel('Component, with its version').fill('pkg:npm/%40brackwater/mq@5.0.9')
    await page.getByRole('button', { name: 'Say why, or why not' }).click()
    await page.getByText('The flaw is not in it.').waitFor()
    await page.getByText('lies in no range of the record').waitFor()
    await shot('known-flaw')
    await clean('a public flaw')
    await done()
  })

  test('without inventories it says what to do first; what is being read, old, or refused is told', async () => {
    await signIn('Amara Quill')
    await listed({})
    await visit('/exposure')
    await page.getByText('Nothing is known of what you run.').waitFor()
    await page.getByText('You need no security team for it.').waitFor()
    await shot('exposure-empty')
    await clean('no inventory')
    await listed({ inventories: 2, components: 90, reading: true })
    await visit('/exposure')
    await page.getByText('Records of flaws are still being read.').waitFor()
    const old = { count: 9, newest: '2026-11-09T00:00:00Z' }
    await listed({ inventories: 2, components: 90, matchedAt: '2026-11-19T14:05:00Z', records: old })
    await visit('/exposure')
    await page.getByText('Nothing needs you.').waitFor()
    await page.getByText('The newest record is 10 d 14 h old').waitFor()
    await clean('old records')
    await page.route('**/v1/actions*', (route) =>
      route.fulfill({
        status: 503,
        json: { type: 'about:blank', title: 'The server cannot do that now', status: 503, code: 'server.unavailable' },
      }),
    )
    await visit('/exposure').catch(() => undefined)
    await page.getByText('What needs you is not shown.').waitFor()
    await page.getByText('server.unavailable').waitFor()
    await page.getByRole('button', { name: 'Copy code' }).waitFor()
    await done()
  })

  test('it is whole on a phone at night', async () => {
    await signIn('Amara Quill')
    await narrow()
    for (const [name, path] of [
      ['exposure', '/exposure'],
      ['inventories', '/exposure/inventories'],
      ['rule', '/exposure/rule'],
      ['patched', '/exposure/patched'],
      ['known flaw', '/known/CVE-2026-40411'],
    ] as const) {
      await visit(path)
      await shot(`narrow-${name.replace(' ', '-')}`)
      await clean(`narrow ${name}`)
      for (const width of [2560, 800, 360]) {
        await page.setViewportSize({ width, height: 844 })
        await fits(`${name} at ${width}`)
        if (width > 360) await shot(`w${width}-${name.replace(' ', '-')}`)
      }
      await page.setViewportSize({ width: 390, height: 844 })
    }
    await visit('/exposure')
    assert.equal(await page.evaluate(touching), null, 'words of the strip touch')
    await page.getByRole('button', { name: /^Show the steps/ }).click()
    await fits('triage on a phone')
    await page.keyboard.press('y')
    await page.getByText('Dates before').waitFor()
    await shot('narrow-exposure-why')
    await clean('narrow why')
    await done()
  })
})

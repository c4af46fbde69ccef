import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { idOf } from '../devkit/fake-world.ts'
import { PageStage } from '../devkit/page-stage.ts'

// The maintainer's, the finder's and the public pages of cases in a real browser against invented data.

const NARROW = ['inbox', 'project', 'link', 'claims', 'advisory']
const PROJECT = `/projects/${idOf('prj', 1)}`

describe('the inbox and its neighbours in a browser', { skip: withoutChromium() }, () => {
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
  const narrowly = async (paths: readonly (readonly [string, string])[]) => {
    await narrow()
    for (const [name, path] of paths) {
      await visit(path)
      await shot(`narrow-${name}`)
      // Lists that differ from these only in their words are looked at by width alone.
      if (NARROW.includes(name)) await clean(`narrow ${name}`)
      for (const width of [390, 360]) {
        await page.setViewportSize({ width, height: 844 })
        await fits(`${name} at ${width}`)
      }
      await page.setViewportSize({ width: 390, height: 844 })
    }
  }

  test('a maintainer says in one click that it is a vulnerability, sets the own severity, asks, and pauses', async () => {
    await signIn('Signe Vaara')
    await page.waitForURL('**/inbox')
    await page.getByText('Two things to look at. Eleven more wait in order and will keep.').waitFor()
    assert.match((await page.getByLabel('Invitations').textContent()) ?? '', /invited to a case.*Read the terms/)
    const first = page.locator('.item').first()
    await page.locator('.item').nth(1).getByRole('button', { name: 'We fix it' }).waitFor()
    await shot('inbox')
    await clean('inbox')
    await first.getByRole('button', { name: 'Set yours' }).click()
    const metrics = first.locator('.metrics select')
    await metrics.first().waitFor()
    for (let n = 0; n < 8; n++) await metrics.nth(n).selectOption({ index: n === 3 ? 2 : 1 })
    await first.getByText('0.0 none').waitFor()
    await metrics.nth(6).selectOption('H')
    await first.getByText('6.5 medium').waitFor()
    await shot('inbox-severity')
    await clean('own severity')
    await first.getByRole('button', { name: 'This is ours' }).click()
    await first.getByText('you say 6.5 medium').waitFor()
    await first.getByRole('button', { name: 'It is a vulnerability' }).click()
    await first.getByText('You said that it is a vulnerability.').waitFor()
    await first.getByRole('button', { name: 'We fix it' }).waitFor()
    await first.getByRole('button', { name: 'I need something' }).click()
    await first.getByLabel('What you need').fill('A smaller archive.')
    await first.getByRole('button', { name: 'Ask for it' }).click()
    await first.getByText('Asked.').waitFor()
    const group = page.getByRole('group', { name: 'Open at once' })
    await group.getByRole('button', { name: 'fewer' }).click()
    await page.getByText('2 of 2').waitFor()
    await page.getByRole('button', { name: 'Pause' }).first().click()
    await page.getByRole('button', { name: /For two weeks/ }).click()
    await page.getByText('Paused until Thu 3 Dec 2026').first().waitFor()
    await shot('inbox-paused')
    await clean('paused')
    const acts = sent('/acts').map(({ act }) => act.do)
    assert.deepEqual(acts, ['judge-severity', 'report', 'set-budget', 'pause'])
    await done()
  })

  test('the inbox is whole on a phone, by keyboard, and what was sent stays inert', async () => {
    await signIn('Signe Vaara')
    await page.getByText('Two things to look at').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('v')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'It is a vulnerability')
    await narrowly([
      ['inbox', '/inbox'],
      ['project', PROJECT],
      ['projects', '/projects'],
      ['notices', '/notices'],
      ['webhooks', '/webhooks'],
    ])
    await done()
  })

  test('terms are read from a file, and only what a person ticks goes into the form', async () => {
    await signIn('Signe Vaara')
    await visit('/projects')
    await shot('projects')
    await clean('projects')
    await visit(PROJECT)
    await page.getByText('A change of contact waits.').waitFor()
    await shot('project')
    await clean('project')
    await page.getByRole('button', { name: 'Change the terms' }).click()
    await page.getByRole('button', { name: 'Read them from a file' }).click()
    await page.getByLabel('What it says').fill('Contact: mailto:reports@quarry.example\nPreferred-Languages: et, en\n')
    await page.getByRole('button', { name: 'Read it' }).click()
    await page.locator('.drafttable tbody tr').first().waitFor()
    assert.equal(await page.locator('.drafttable input').count(), 3)
    assert.equal(await page.locator('.drafttable input:checked').count(), 0)
    await page.getByLabel('Contact holds').check()
    await page.getByText('security.txt, line 1: stated in its own field').waitFor()
    await shot('terms-file')
    await clean('terms from a file')
    await page.getByRole('button', { name: 'Put what holds into the form' }).click()
    assert.equal(await page.getByLabel('Address').inputValue(), 'reports@quarry.example')
    await page.getByLabel('Must carry a patch').check()
    assert.match(await page.getByLabel('The file').inputValue(), /"reproducer",\s+"patch"/)
    await page.getByLabel('The file').fill('{')
    await page.getByText('is no JSON').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Set the terms' }).isDisabled(), true)
    await page.getByLabel('Plain text').uncheck()
    await shot('terms-form')
    await clean('terms form')
    await page.getByRole('button', { name: 'Set the terms' }).click()
    await page.getByRole('button', { name: 'Change the terms' }).waitFor()
    const [{ act }] = sent(`${PROJECT}/acts`)
    assert.equal(act.terms.contact.at, 'reports@quarry.example')
    assert.deepEqual(act.terms.report.languages, ['en'])
    assert.equal(act.source, 'security.txt of the project')
    await page.getByText('Prove it in another way').click()
    await page.getByRole('button', { name: 'A DNS record' }).click()
    await page.getByText('weir-maintainer-proof=4f1c2ab09d').waitFor()
    await page.getByRole('button', { name: 'Stop the change' }).click()
    await page.getByText('A change of contact waits.').waitFor({ state: 'detached' })
    await shot('project-proof')
    await done()
  })

  test('a stranger’s link does nothing before its button, and acts once', async () => {
    await visit('/l/fake-ask')
    assert.equal(await page.locator('nav, header').count(), 0)
    assert.equal(api.received.length, 0)
    assert.equal(await page.getByRole('button', { name: 'Ask for it' }).isDisabled(), true)
    await page.getByLabel('What you need').fill('A smaller archive.')
    await shot('link')
    await clean('link')
    await page.getByRole('button', { name: 'Ask for it' }).click()
    await page.getByRole('heading', { name: 'Asked' }).waitFor()
    assert.deepEqual(sent('/v1/links/'), [{ text: 'A smaller archive.', days: 14 }])
    await visit('/l/fake-ask')
    await page.getByRole('heading', { name: 'This link was used' }).waitFor()
    await visit('/l/never-one')
    await page.getByRole('heading', { name: 'This link does nothing' }).waitFor()
    await narrowly([['link', '/l/fake-pause']])
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('heading', { name: 'Paused' }).waitFor()
    assert.equal(api.received.length, 2)
    await done()
  })

  test('a finder takes a scan request as a claim, sees overlaps as contacts only, renews and releases', async () => {
    await signIn('Teo Halyard')
    await visit('/claims/requests')
    await shot('requests')
    await clean('requests')
    assert.equal(await page.getByRole('button', { name: /pypi\/kittiwake/ }).isDisabled(), true)
    await page.getByRole('button', { name: /Take it for 14 days: pkg:cargo/ }).click()
    await page.waitForURL('**/claims')
    await page.getByText('taken from a request').waitFor()
    await page.getByText('The clearinghouse passes a word on to cnt_1').waitFor()
    assert.equal(await page.getByText('Tern Security').count(), 0)
    await shot('claims')
    await clean('claims')
    await page.getByRole('button', { name: 'Renew for 7 days: pkg:generic/libquarry' }).click()
    await page.getByText('1 left', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Release: pkg:generic/libquarry' }).click()
    await page.getByText('Released').waitFor()
    await page.getByRole('button', { name: 'Claim a target' }).click()
    await page.getByLabel('What you scan').fill('pkg:npm/left-pad')
    await shot('claim-form')
    await clean('claim form')
    await page.getByRole('button', { name: 'Claim it' }).click()
    await page.getByText('pkg:npm/left-pad').first().waitFor()
    for (const part of ['opt-outs', 'coverage']) {
      await visit(`/claims/${part}`)
      await shot(part)
      await clean(part)
    }
    assert.equal(await page.getByRole('link', { name: 'Whose contact' }).count(), 0)
    await narrowly([
      ['claims', '/claims'],
      ['requests', '/claims/requests'],
      ['coverage', '/claims/coverage'],
      ['opt-outs', '/claims/opt-outs'],
    ])
    await done()
  })

  test('a finder sees the place and the day of what waits, reads notices; a webhook’s secret is shown once', async () => {
    await signIn('Teo Halyard')
    await visit('/findings')
    await page.getByText('place 4, expected 30 Nov').waitFor()
    const cursor = page.locator('tr.cursor')
    const first = await cursor.textContent()
    await page.keyboard.press('j')
    const second = await cursor.textContent()
    assert.notEqual(second, first)
    await page.getByLabel('Filter').fill('no finding says this')
    await page.getByText('Nothing fits the filter.').waitFor()
    await page.getByLabel('Filter').fill('')
    assert.equal(await cursor.textContent(), second)
    await shot('findings')
    await visit('/notices')
    await page.getByText('2 you have not read.').waitFor()
    await shot('notices')
    await clean('notices')
    await page.getByRole('button', { name: 'Mark as read' }).click()
    await page.getByText('You have read them all.').waitFor()
    await visit('/webhooks')
    await page
      .getByRole('button', { name: /^New secret/ })
      .first()
      .click()
    await page.getByText('whsec_fake_new').waitFor()
    await page.getByLabel('Address').fill('https://hooks.halyard.example/weir')
    await page.getByRole('button', { name: /Add it/ }).click()
    await page.getByText('whsec_fake_shown_once').waitFor()
    assert.equal(await page.getByText('whsec_fake_new').count(), 0)
    await shot('webhooks')
    await clean('webhooks')
    await done()
  })

  test('a coordinator enters what a project says to those who scan it, and where it wants reports', async () => {
    await signIn('Ines Marrow')
    await visit(PROJECT)
    const side = page.getByRole('region', { name: 'To those who scan it' })
    const says = side.locator('details', { hasText: 'Enter what a project says' })
    await says.locator('summary').click()
    await says.getByLabel('Says', { exact: true }).selectOption('It bears scans at set times')
    await says.getByLabel('Where it says so').fill('https://quarry.example/security')
    await says.getByLabel('Read there on').fill('2026-11-10')
    assert.equal(await says.getByRole('button', { name: 'Enter it' }).isDisabled(), true)
    await says.getByLabel('Sat').check()
    await says.getByRole('button', { name: 'Enter it' }).click()
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('details input[type=date]')?.value === '')
    const routes = side.locator('details', { hasText: 'Enter where it wants reports' })
    await routes.locator('summary').click()
    await routes.getByLabel('To', { exact: true }).fill(' reports@quarry.example ')
    await routes.getByLabel('Where it says so').fill('https://quarry.example/security')
    await routes.getByLabel('Read there on').fill('2026-11-10')
    await clean('what a project says to those who scan it')
    await routes.getByRole('button', { name: 'Enter it' }).click()
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLInputElement>('details input[type=date]')].every((one) => one.value === ''),
    )
    const stated = { do: 'state', source: 'https://quarry.example/security', on: '2026-11-10T00:00:00.000Z' }
    const [{ target, ...out }] = sent('/v1/opt-outs')
    assert.deepEqual(out, { ...stated, says: { kind: 'only-at-times', times: { days: [6], fromMinute: 1320, toMinute: 240 } } })
    assert.deepEqual(sent('/v1/scan-routes'), [{ ...stated, target, kind: 'mail', address: 'reports@quarry.example' }])
    await done()
  })

  test('anyone reads an advisory; a coordinator says whose a contact is, writes an advisory, sees what each format lacks, and publishes it', async () => {
    await visit('/advisories')
    await shot('advisories')
    await clean('advisories')
    await page.getByRole('link', { name: 'Session token read back' }).click()
    await page.getByText('Corrected · first published').waitFor()
    assert.deepEqual(await page.locator('main a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href'))), [
      '/csaf/2026/x-weir-1.json',
      '/osv/x-weir-1.json',
    ])
    await shot('advisory')
    await clean('advisory')
    await signIn('Ines Marrow')
    await visit('/claims')
    assert.equal(await page.getByRole('link', { name: 'Own claims' }).count(), 0)
    await page.getByText('Ask for a look at a target').click()
    await page.getByLabel('Criticality, 1 to 100').fill('70')
    await clean('ask for a look')
    await page.getByRole('link', { name: 'Whose contact' }).click()
    await page.getByLabel('Contact').fill('cnt_1')
    await page.getByRole('button', { name: 'Say whose it is' }).click()
    await page.getByText('Tern Security').waitFor()
    await visit(`/cases/${idOf('case', 1)}/advisory`)
    await page.getByRole('button', { name: 'Draft it from the case' }).click()
    await page.getByText('References, credits, timeline').click()
    await page.getByLabel('Names').first().fill('CVE-2026-4411, CVE-2026-4412')
    await page.getByLabel('Title', { exact: true }).fill('Write before login in a DICOM gateway')
    const whole = page.getByLabel('All of it')
    const said = await whole.inputValue()
    assert.match(said, /"title": "Write before login[^"]*"/)
    await whole.fill(said.replace('CVE-2026-4412', 'CVE-2026-4413'))
    await page.getByText('References, credits, timeline').click()
    assert.equal(await page.getByLabel('Names').first().inputValue(), 'CVE-2026-4411 CVE-2026-4413')
    await shot('advisory-editor')
    await clean('advisory editor')
    assert.equal(await page.getByRole('button', { name: 'It is ready' }).isDisabled(), true)
    await page.getByRole('button', { name: 'Keep the draft' }).click()
    await page.getByText('Kept; the preview shows this.').waitFor()
    await page.getByRole('tab', { name: 'CSAF' }).click()
    await page.getByText('"title": "Write before login').waitFor()
    await page.getByRole('button', { name: 'It is ready' }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByLabel('OSV, which lacks').check()
    assert.equal(await page.getByRole('button', { name: 'Publish the advisory' }).isDisabled(), true)
    await page.getByLabel('Now', { exact: true }).check()
    await shot('advisory-publish')
    await clean('advisory publish')
    await page.getByRole('button', { name: 'Publish the advisory' }).click()
    await page.getByRole('button', { name: 'Withdraw it' }).waitFor()
    await narrowly([
      ['advisories', '/advisories'],
      ['advisory', `/advisory/${idOf('adv', 1)}`],
    ])
    await done()
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoPeople, signInAs } from '../bench/demo-people.ts'
import type { ActionList, ExposureReport } from '../src/contract/shapes/exposure.ts'
import { startChromium } from '../src/devkit/chromium.ts'
import { visit } from '../src/devkit/page-window.ts'
import { ask, read } from './door.ts'
import { openWindow, type Window, withoutPages } from './pages.ts'
import { openWorld, type World } from './world.ts'

// An operator from an empty page to a patched asset, by the pages, on the real server with its own dates.

const DAY = 86_400_000
const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)

const osv = (id: string, cve: string, fixed: string) => ({
  id,
  aliases: [cve],
  modified: `${day(-30)}T00:00:00Z`,
  published: `${day(-30)}T00:00:00Z`,
  summary: 'A length is believed and memory is read beyond it.',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'skerry-broker' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '5.0.0' }, { fixed }] }],
    },
  ],
})
const RECORDS = [osv('GHSA-2222-3333-4444', 'CVE-2026-90011', '5.0.6'), osv('GHSA-2222-3333-5555', 'CVE-2026-90012', '5.0.7')]
const KEV = {
  title: 'A catalogue for a test',
  catalogVersion: '2026.1',
  dateReleased: `${day(-4)}T00:00:00Z`,
  count: 1,
  vulnerabilities: [
    {
      cveID: 'CVE-2026-90011',
      vendorProject: 'Skerry',
      product: 'Broker',
      vulnerabilityName: 'Out of bounds',
      dateAdded: day(-4),
      shortDescription: 'Read beyond a length.',
      requiredAction: 'Apply the update.',
      dueDate: day(10),
      knownRansomwareCampaignUse: 'Unknown',
      notes: '',
    },
  ],
}
const SBOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [
    { type: 'library', name: 'skerry-broker', version: '5.0.4', purl: 'pkg:npm/skerry-broker@5.0.4' },
    { type: 'firmware', name: 'panel' },
  ],
}

describe('what an operator must patch, by the pages', { skip: withoutPages() }, () => {
  let browser: Browser
  let world: World
  let window: Window
  let page: Page
  let cookie = ''

  const bring = async (kind: string, name: string, text: string) => {
    const query = new URLSearchParams({ kind, name })
    const reply = await ask(`${world.url}/v1/records?${query}`, {
      method: 'POST',
      cookie: world.coordinator,
      body: text,
      headers: { 'content-type': 'application/octet-stream' },
    })
    assert.equal(reply.status, 200, reply.body.toString())
  }
  const actions = async () => await read<ActionList>(`${world.url}/v1/actions`, cookie)
  const row = (name: RegExp) => page.getByRole('row', { name })

  before(async () => {
    world = await openWorld()
    const operator = (await demoPeople(world.url)).find(({ roles }) => roles.includes('operator'))!
    cookie = await signInAs(world.url, operator.id)
    browser = await startChromium()
    window = await openWindow(browser, world.url, cookie)
    page = window.page
  })
  after(async () => {
    try {
      await window?.done()
    } finally {
      await browser?.close()
      await world?.server.stop()
    }
  })

  test('an inventory is brought, matched, and its date says why', async () => {
    await bring('osv', 'npm.ndjson', RECORDS.map((record) => JSON.stringify(record)).join('\n'))
    await bring('kev', 'kev.json', JSON.stringify(KEV))
    await visit(page, `${world.url}/exposure/inventories`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'skerry-lab.cdx.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SBOM)) })
    await page.getByRole('form', { name: 'Add an inventory' }).getByLabel('The internet').check()
    await page.getByRole('button', { name: 'Keep the inventory' }).click()
    await page.getByText('Kept as skerry-lab').waitFor()
    await visit(page, `${world.url}/exposure`)
    await row(/late.*Name every machine that runs skerry-broker/).waitFor()
    const upgrade = row(/Update skerry-broker 5\.0\.4 to 5\.0\.7/)
    await upgrade.getByText('2 flaws in one go; attackers use 1.').waitFor()
    await upgrade.getByRole('button').click()
    await page.getByRole('button', { name: /^Why this date/ }).click()
    await page.getByRole('row', { name: /Known to be exploited.*Yes/ }).waitFor()
    await page.getByRole('row', { name: /Technical impact.*Total.*Assumed/ }).waitFor()
    await page.getByText('this one counts').waitFor()
    await page.getByText('no finding of compliance').waitFor()
    await page.getByRole('button', { name: '2 flaws' }).click()
    await page.getByRole('link', { name: 'CVE-2026-90011' }).click()
    await page.getByRole('heading', { name: 'CVE-2026-90011' }).waitFor()
    await page.getByText('Apply the update.').waitFor()
    await page.getByLabel('Component, with its version').fill('pkg:npm/skerry-broker@5.0.6')
    await page.getByRole('button', { name: 'Say why, or why not' }).click()
    await page.getByText('The flaw is not in it. None of your inventories names exactly this.').waitFor()
  })

  test('a device at the edge of the network is written down, reported and taken off it', async () => {
    await visit(page, `${world.url}/exposure/edge`)
    const form = page.getByRole('form', { name: 'Write down a device' })
    await form.getByLabel('Name').fill('skerry-gate')
    await form.getByLabel('No longer').check()
    await form.getByLabel('Yes', { exact: true }).check()
    await form.getByRole('button', { name: 'Write it down' }).click()
    await row(/late.*skerry-gate.*report it to CISA.*row 1/)
      .getByRole('button')
      .click()
    for (const [deed, words] of [
      ['It is reported', 'Report 44'],
      ['It is off the network', 'WO-17'],
    ] as const) {
      await page.getByRole('button', { name: deed }).click()
      await page.getByLabel('How one can tell').fill(words)
      await page.getByRole('form', { name: deed }).getByRole('button', { name: deed }).click()
      await page.getByText(words).waitFor()
    }
    await row(/Nothing due.*skerry-gate.*off the network/).waitFor()
    await visit(page, `${world.url}/exposure`)
    await page.getByRole('link', { name: 'One edge device' }).waitFor()
  })

  test('triage, then the update, on the page as on the server; the rule is changed and every date with it', async () => {
    await visit(page, `${world.url}/exposure`)
    await row(/Name every machine/)
      .getByRole('button')
      .click()
    await page.getByRole('button', { name: 'This step is done' }).click()
    await row(/Save memory and logs before you patch skerry-broker/).waitFor()
    await visit(page, `${world.url}/exposure`)
    await row(/Update skerry-broker/)
      .getByRole('button')
      .click()
    await page.keyboard.press('x')
    const defer = page.getByRole('form', { name: 'Defer it' })
    await defer.getByLabel('Why').fill('The line stops on Sunday.')
    await defer.getByLabel('Until').fill(day(5))
    await defer.getByRole('button', { name: 'Defer it' }).click()
    await row(/^Deferred.*skerry-broker/).waitFor()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await row(/^Deferred.*skerry-broker/).waitFor({ state: 'detached' })
    await visit(page, `${world.url}/exposure/rule`)
    await page.getByLabel(/^Dates of the KEV catalogue/).check()
    await page.getByRole('button', { name: 'Set the rule' }).click()
    await page.getByText('The rule is set.').waitFor()
    await visit(page, `${world.url}/exposure`)
    const upgrade = row(/^9 d.*Update skerry-broker/).or(row(/^10 d.*Update skerry-broker/))
    await upgrade.waitFor()
    await upgrade.getByRole('button').click()
    await page.keyboard.press('d')
    const form = page.getByRole('form', { name: 'Say what was done' })
    await form.getByLabel('How one can tell').fill('5.0.7 runs')
    await form.getByRole('button', { name: 'Done on 1 asset' }).click()
    await upgrade.waitFor({ state: 'detached' })
    assert.equal((await actions()).rows.filter(({ standing }) => standing === 'open').length, 0)
    await visit(page, `${world.url}/exposure/patched`)
    await page.getByRole('img', { name: /100 %/ }).waitFor()
  })

  test('an answer that was lost does nothing twice, another window hears of it, and one asset is opened again', async () => {
    const inventory = async (asset: string) => {
      const body = JSON.stringify(SBOM)
      const reply = await ask(`${world.url}/v1/inventories?asset=${asset}`, { method: 'POST', cookie, body })
      assert.equal(reply.status, 201, reply.body.toString())
    }
    for (const asset of ['skerry-east', 'skerry-west']) await inventory(asset)
    const second = await openWindow(browser, world.url, cookie)
    try {
      await visit(second.page, `${world.url}/exposure`)
      await visit(page, `${world.url}/exposure`)
      const upgrade = /Update skerry-broker/
      await second.page.getByRole('row', { name: upgrade }).waitFor()
      await row(upgrade).getByRole('button').click()
      await page.keyboard.press('d')
      const form = page.getByRole('form', { name: 'Say what was done' })
      await form.getByLabel('How one can tell').fill('Change 4711')
      let lost = 0
      await page.route('**/v1/actions/*', async (route) => {
        if (lost++ > 0) return await route.continue()
        await route.fetch()
        await route.abort()
      })
      await form.getByRole('button', { name: 'Done on 2 assets' }).click()
      await row(upgrade).waitFor({ state: 'detached' })
      assert.equal(lost, 2)
      const news = 'What needs you has changed since it was read.'
      await second.page.getByText(news).waitFor()
      await second.page.getByRole('row', { name: upgrade }).waitFor()
      await second.page.getByRole('button', { name: 'Read it again' }).click()
      await second.page.getByRole('row', { name: upgrade }).waitFor({ state: 'detached' })
      assert.equal(await second.page.getByText(news).count(), 0)
      assert.equal(await page.getByText(news).count(), 0, 'one is not told of what one did')
      const report = await read<ExposureReport>(`${world.url}/v1/exposure/report?format=json`, cookie)
      const said = report.rows.map(({ evidence }) => evidence.filter(({ says }) => says === 'Change 4711').length)
      assert.equal(Math.max(...said), 1)
      await page.getByText('What is updated already').click()
      await page.locator('.updated li summary').filter({ hasText: 'skerry-east' }).click()
      const again = page.getByRole('form', { name: 'Open it again' })
      await again.getByRole('button', { name: 'None' }).click()
      await again.getByLabel('skerry-west').check()
      await again.getByLabel('Why').fill('It was rolled back there.')
      await again.getByRole('button', { name: 'Open it again on 1 asset' }).click()
      await row(upgrade).waitFor()
      const [back] = (await actions()).rows.filter(({ standing }) => standing === 'open')
      assert.deepEqual(
        back?.assets.flatMap(({ asset, done }) => (done ? [] : [asset])),
        ['skerry-west'],
      )
    } finally {
      await second.done()
    }
  })
})

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../devkit/chromium.ts'
import type { FakeApi } from '../devkit/fake-api.ts'
import { idOf } from '../devkit/fake-world.ts'
import { PageStage } from '../devkit/page-stage.ts'
import { WCAG_TAGS } from '../devkit/page-window.ts'

// Journeys in a real browser against invented data; the server's own tests show that it answers in the same shapes.

describe('the page in a browser', { skip: withoutChromium() }, () => {
  const stage = new PageStage()
  const { done, signIn, visit } = stage
  let api: FakeApi
  let page: Page

  before(() => stage.open())
  after(() => stage.close())
  beforeEach(async () => {
    ;({ api, page } = await stage.enter())
  })
  afterEach(() => stage.leave())

  test('a stranger reports by hand, loses the connection, sends again with the same key and reads the status', async () => {
    await page.goto(`${api.url}/report`)
    await page.getByRole('button', { name: 'Send the report' }).click()
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid')), 'true')
    await page.getByLabel('In one line').fill('Heap overflow in the sparse reader')
    await page.getByLabel('What happens').fill('Listing a crafted archive writes past the buffer.')
    await page.getByLabel('Package or repository').fill('pkg:generic/libquarry')
    await page.getByLabel('A person with AI').check()
    api.cut = true
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.getByText('Not stored.').waitFor()
    assert.match((await page.getByRole('alert').textContent()) ?? '', /Your file is unchanged\. Send again with the same key\./)
    api.cut = false
    const key = await page.locator('code', { hasText: 'web-' }).textContent()
    await page.getByRole('button', { name: 'Send again' }).click()
    await page.getByRole('heading', { name: 'Your report was answered' }).waitFor()
    assert.equal(api.received[0]?.key, key)
    const item = JSON.parse(api.received[0]!.body)
    assert.deepEqual(item.target, { purl: 'pkg:generic/libquarry' })
    assert.deepEqual(item.provenance, { humanValidated: true, aiAssisted: true })
    await page.getByRole('link', { name: 'See the status' }).click()
    await page.getByRole('heading', { name: 'Being looked at' }).waitFor()
    await page.getByRole('button', { name: 'Check it in this browser' }).click()
    await page.getByText('It holds.').waitFor()
    assert.match((await page.locator('.checks').textContent()) ?? '', /signed by fake\.example\/log/)
    await done()
  })

  test('a file is sent as it is and every item says what became of it and how to mend it', async () => {
    await page.goto(`${api.url}/report`)
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a file' }).click(),
    ])
    await chooser.setFiles({ name: 'run.sarif', mimeType: 'application/json', buffer: Buffer.from('{"version":"2.1.0"}') })
    await page.getByRole('button', { name: 'Send the file' }).click()
    await page.getByRole('heading', { name: '5 items were answered' }).waitFor()
    assert.equal(api.received[0]?.body, '{"version":"2.1.0"}')
    const text = (await page.locator('table.items').textContent()) ?? ''
    for (const word of [
      'Accepted',
      'Repeated',
      'Merged',
      'Needs more',
      'Refused',
      'item.wrong-type',
      '/runs/0/results/4/message',
      'Make it an object with a text.',
    ]) {
      assert.ok(text.includes(word), word)
    }
    await done()
  })

  test('the log’s head is checked here, and a head that was changed is not believed', async () => {
    await page.goto(`${api.url}/public`)
    await page.getByRole('button', { name: 'Check it in this browser' }).click()
    await page.getByText('It holds.').waitFor()
    await page.getByRole('button', { name: 'Check it in this browser' }).click()
    await page.getByText('It has grown from the 300 entries').waitFor()
    await page.route('**/ledger/checkpoint', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ body: (await response.text()).replace('\n300\n', '\n299\n') })
    })
    await page.getByRole('button', { name: 'Check it in this browser' }).click()
    await page.getByText('It does not hold.').waitFor()
    await done()
  })

  test('the queue is worked by keyboard', async () => {
    await signIn('Ines Marrow')
    await page.getByRole('heading', { name: 'Queue' }).waitFor()
    const cursor = () => page.locator('tr.cursor a').textContent()
    await page.locator('tr.cursor').waitFor()
    const first = await cursor()
    await page.keyboard.press('j')
    assert.notEqual(await cursor(), first)
    await page.keyboard.press('k')
    assert.equal(await cursor(), first)
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Merge two flaws' }).waitFor()
    assert.ok(await page.getByRole('button', { name: 'Merge the two' }).isDisabled(), 'nothing is chosen beforehand')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Findings' }).click()
    await page.waitForURL(/sort=findings/)
    await page.keyboard.press('/')
    await page.keyboard.type('multipart')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=multipart/)
    await page.locator('tr.cursor').waitFor()
    await page.locator('main').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await page.waitForURL(/\/queue$/)
    await page.locator('tr.cursor').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/flaws\/flw_/)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('go to reports')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/reports$/)
    await done()
  })

  test('two flaws are merged, the merge is undone, findings are split off and put back', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}/flaws/${idOf('flw', 0)}`)
    await page.getByRole('heading', { name: 'Is this the same flaw?' }).waitFor()
    const answers = page.getByRole('button', { name: /^(Merge|Keep apart)/ })
    assert.equal(await answers.count(), 2)
    assert.equal(await answers.and(page.locator('.primary')).count(), 0, 'no thumb on the scale')
    await page.keyboard.press('m')
    await page.getByText('4 grouped').waitFor()
    await page.keyboard.press('u')
    await page.getByRole('heading', { name: 'Is this the same flaw?' }).waitFor()
    await page.getByText('3 grouped, one asked about').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByRole('heading', { name: 'Take B out?' }).waitFor()
    await page.getByRole('button', { name: 'Split B off' }).click()
    await page.getByText('2 grouped').waitFor()
    await page.getByRole('button', { name: 'Undo: 1 taken out into a flaw of their own' }).click()
    await page.getByText('3 grouped').waitFor()
    await page.keyboard.press('s')
    await page.getByRole('heading', { name: 'No open question' }).waitFor()
    await done()
  })

  test('a judgement shows what the table says before it is recorded', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}/flaws/${idOf('flw', 0)}`)
    await page.getByRole('button', { name: 'Judge', exact: true }).first().click()
    await page.getByLabel('Exploitation').selectOption({ label: 'Active' })
    await page.getByLabel('Technical Impact').selectOption({ label: 'Total' })
    await page.getByText('Utility is not stated.').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Record the judgement' }).isDisabled())
    await page.getByLabel('Utility').selectOption({ label: 'Efficient' })
    await page.getByText(/The table says/).waitFor()
    await page.getByRole('button', { name: 'Record the judgement' }).click()
    await page.getByText(/The table says/).waitFor({ state: 'detached' })
    await done()
  })

  test('the proof of a flaw is read, run again by key, and a run is stopped', async () => {
    await signIn('Ines Marrow')
    await page.goto(`${api.url}/flaws/${idOf('flw', 0)}`)
    const matrix = page.getByRole('region', { name: 'Proof matrix' })
    await matrix.waitFor()
    assert.equal(await matrix.getByRole('cell').count(), 12)
    assert.match(
      (await matrix.getByRole('row', { name: /^B/ }).textContent()) ?? '',
      /fires, 5 of 5.*disagrees with the grouping/,
    )
    await page.locator('summary', { hasText: '1 of 34 variants' }).click()
    await page.getByRole('cell', { name: '1 of 34 variants still fires.' }).waitFor()
    // What a report brought stays text, also in a diff and in a note of a rung.
    assert.equal(await page.locator('img[src="x"]').count(), 0)
    const aside = page.getByRole('complementary', { name: 'Decisions' })
    await aside.getByRole('progressbar', { name: '40 of 300 steps' }).waitFor()
    await page.locator('h1').click()
    await page.keyboard.press('r')
    await aside.getByText('its turn').waitFor()
    await aside.getByRole('button', { name: 'Stop it' }).first().click()
    await aside.getByText('Stopped by Ines Marrow.').waitFor()
    await aside.getByRole('link', { name: 'Done' }).click()
    await page.getByRole('heading', { name: 'Statement' }).waitFor()
    await page.getByRole('button', { name: 'Show the log' }).click()
    const log = page.getByRole('region', { name: 'Text from the programs that were run, as sent' })
    await log.getByText('[U+001B]').first().waitFor()
    await done()
  })

  test('hostile text is shown inert: no markup, no script, no link, unseen characters written out', async () => {
    await signIn('Ines Marrow')
    for (const path of ['/queue?tab=everything', `/flaws/${idOf('flw', 7)}`]) {
      await page.goto(api.url + path)
      await page.getByText('[U+202E]').first().waitFor()
      const shown = await page.evaluate(() => ({
        title: document.title,
        images: document.querySelectorAll('main img, main script').length,
        links: [...document.querySelectorAll('main a')].filter((link) =>
          /attacker|javascript:/.test(link.getAttribute('href') ?? ''),
        ).length,
        unseen: /[\u202a-\u202e\u2066-\u2069\u200b\u001b]/.test(document.body.textContent ?? ''),
      }))
      assert.equal(shown.title.startsWith('owned'), false)
      assert.deepEqual(
        { images: shown.images, links: shown.links, unseen: shown.unseen },
        { images: 0, links: 0, unseen: false },
      )
    }
    await done()
  })

  test('not there and not allowed are one page', async () => {
    const words = async (path: string) => {
      await page.goto(api.url + path)
      await page.getByRole('heading', { name: 'Nothing here for you' }).waitFor()
      return await page.locator('main').textContent()
    }
    await signIn('Teo Halyard')
    const seen = [
      await words('/queue'),
      await words(`/flaws/${idOf('flw', 0)}`),
      await words('/flaws/flw_nothing'),
      await words('/people'),
      await words('/no/such/page'),
    ]
    assert.equal(new Set(seen).size, 1)
    await done()
  })

  test('every screen passes axe, light and dark, and needs no sideways scroll at 360, 1440 and 2560', {
    timeout: 300_000,
  }, async () => {
    const screens: readonly (readonly [string | null, readonly string[]])[] = [
      [
        null,
        [
          '/public',
          '/sign-in',
          '/join',
          '/report',
          '/status',
          `/status/${idOf('rcp', 1)}`,
          `/status/${idOf('rcp', 2)}`,
          '/no/such/page',
        ],
      ],
      [
        'Teo Halyard',
        ['/findings', '/reports', `/reports/${idOf('rpt', 1)}`, '/validations', `/validations/${idOf('val', 1)}`],
      ],
      ['Ines Marrow', ['/queue', '/search?q=heap', `/flaws/${idOf('flw', 0)}`, `/flaws/${idOf('flw', 7)}`]],
      ['Ada Sundt', ['/people', '/tokens', '/account']],
    ]
    const found: string[] = []
    for (const [name, paths] of screens) {
      if (name) await signIn(name)
      for (const path of paths) {
        await visit(path)
        for (const width of [360, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 })
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          if (over > 0) found.push(`${path} ${width}: ${over} px too wide`)
          // The same screens pass axe at 360 on the real server, in conformance.
          if (width !== 1440) continue
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme })
            // In the dark nothing but the colours is different.
            const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
            const rules =
              colorScheme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe.withTags(WCAG_TAGS)
            const { violations } = await rules.analyze()
            for (const { id, nodes } of violations)
              found.push(`${path} ${width} ${colorScheme}: ${id} ${nodes[0]?.html.slice(0, 160)}`)
          }
        }
      }
    }
    assert.deepEqual(found, [])
    await done()
  })
})

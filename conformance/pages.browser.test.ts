import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoPeople, signInAs } from '../bench/demo-people.ts'
import { startServerProcess } from '../bench/server-process.ts'
import { ndjson } from '../bench/shapes.ts'
import type { ServerLine } from '../src/contract/control.ts'
import type { FlawPage, FlawRow } from '../src/contract/shapes/flaw.ts'
import { startChromium } from '../src/devkit/chromium.ts'
import { visit } from '../src/devkit/page-window.ts'
import { post, read, send } from './door.ts'
import { addAuthenticator, faults, openWindow, sampleFile, sendSample, type Window, withoutPages } from './pages.ts'
import { grouped, openWorld, pause, type World } from './world.ts'

// The page on the real server, in a real browser: each role's journey, and what axe says of every screen.

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe javascript:alert(2) <script>alert(3)</script>'

describe('the page on the real server', { skip: withoutPages() }, () => {
  let browser: Browser
  let world: World
  let hostile = ''
  const windows: Window[] = []

  const open = async (cookie: string | null, url = world.url): Promise<Page> => {
    const window = await openWindow(browser, url, cookie)
    windows.push(window)
    return window.page
  }
  const closeAll = async () => {
    for (const window of windows.splice(0)) await window.done()
  }
  const flaws = async (query: string) =>
    (await read<{ rows: FlawRow[] }>(`${world.url}/v1/flaws?limit=200&${query}`, world.coordinator)).rows
  const flawOf = async (id: string) => await read<FlawPage>(`${world.url}/v1/flaws/${id}`, world.coordinator)

  before(async () => {
    world = await openWorld({ env: { WEIR_TALLY_SECONDS: '1' } })
    browser = await startChromium()
    const cookies: Record<string, string> = {}
    for (const { id, organisation, roles } of await demoPeople(world.url))
      if (roles.includes('finder')) cookies[organisation] = await signInAs(world.url, id)
    const reports = await sendSample(world, 'tarlet', cookies)
    const item = { title: HOSTILE, text: HOSTILE, target: { purl: 'pkg:generic/hostile' }, rule: HOSTILE }
    const sent = await send(world.url, world.rival, JSON.stringify({ ...item, stack: [{ symbol: HOSTILE }] }), {
      query: { format: 'weir-ndjson', name: HOSTILE },
    })
    reports.push(sent.answer!.report)
    await grouped(world, reports)
    hostile = (await flaws('tab=everything')).find((row) => row.target?.includes('hostile'))!.id
  })
  after(async () => {
    await browser?.close()
    await world?.server.stop()
  })

  test('a stranger reports by hand, keeps the receipt and checks it against the log', async () => {
    const page = await open(null)
    await visit(page, `${world.url}/report`)
    await page.getByLabel('In one line').fill('Path escape in backup restore with a trailing dot')
    await page.getByLabel('What happens').fill('A name that ends in a dot leaves the folder.')
    await page.getByLabel('Package or repository').fill('pkg:pypi/tidepool-archive')
    await page.getByLabel('A person', { exact: true }).check()
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.getByRole('heading', { name: 'Your report was answered' }).waitFor()
    await page.getByRole('link', { name: 'See the status' }).click()
    await page.getByRole('heading', { name: 'Received' }).waitFor()
    await page.getByText('Recorded in leaf').waitFor()
    await page.getByRole('button', { name: 'Check it in this browser' }).click()
    await page.getByText('It holds.').waitFor()
    await visit(page, `${world.url}/public`)
    await page.getByRole('heading', { name: /findings received/ }).waitFor()
    await page.getByRole('button', { name: 'Check it in this browser' }).click()
    await page.getByText('It holds.').waitFor()
    await closeAll()
  })

  test('a finder sends a SARIF log and a crash log, and finds every item among their own', async () => {
    const page = await open(world.finder)
    for (const [file, heading] of [
      ['halyard-labs/pathwright-eslint.sarif', /items were answered/],
      ['tern-security/berylcsv-java-01.txt', 'Your report was answered'],
    ] as const) {
      await visit(page, `${world.url}/report`)
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Choose a file' }).click()
      await (await chooser).setFiles(sampleFile(file))
      await page.getByRole('button', { name: 'Send the file' }).click()
      await page.getByRole('heading', { name: heading }).waitFor()
    }
    assert.match((await page.locator('table.items').textContent()) ?? '', /Accepted|Needs more/)
    await page.getByRole('link', { name: 'Open the report' }).click()
    await page.getByRole('heading', { name: 'berylcsv-java-01.txt' }).waitFor()
    await visit(page, `${world.url}/reports`)
    await page.getByText('pathwright-eslint.sarif').waitFor()
    await visit(page, `${world.url}/findings`)
    const rows = await page.locator('table.fnd tbody tr').count()
    assert.ok(rows > 5, `${rows} findings`)
    await closeAll()
  })

  test('the queue is worked by keyboard: rows, filter, tabs, search', async () => {
    const page = await open(world.coordinator)
    await visit(page, `${world.url}/queue`)
    await page.locator('tr.cursor').waitFor()
    const cursor = () => page.locator('tr.cursor').getAttribute('data-row')
    const first = await cursor()
    await page.keyboard.press('j')
    assert.notEqual(await cursor(), first)
    await page.keyboard.press('x')
    await page.keyboard.press('k')
    await page.keyboard.press('x')
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Merge two flaws' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /^Everything/ }).click()
    await page.waitForURL(/tab=everything/)
    await page.getByLabel('Filter by words').fill('overflow')
    await page.waitForURL(/q=overflow/)
    await page.waitForFunction(() =>
      [...document.querySelectorAll('tr[data-row]')].every((row) => /overflow/i.test(row.textContent ?? '')),
    )
    assert.ok((await page.locator('tr[data-row]').count()) > 0)
    await page.locator('main').focus()
    await page.keyboard.press('/')
    await page.keyboard.type('tarlet')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=tarlet/)
    await page.getByRole('heading', { name: 'Find' }).waitFor()
    await page.locator('tr.cursor').waitFor()
    await page.locator('main').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/flaws\/flw_/)
    await closeAll()
  })

  test('a question is answered both ways and undone; a finding is split off and put back', async () => {
    const asked = (await flaws('tab=needs-me')).find((row) => row.need === 'decide' && row.findings > 2)!
    assert.match(asked.needSays, /\?/)
    const page = await open(world.coordinator)
    await visit(page, `${world.url}/flaws/${asked.id}`)
    const question = page.getByRole('heading', { name: 'Is this the same flaw?' })
    await question.waitFor()
    assert.equal(await page.locator('.btn.primary').count(), 0, 'no thumb on the scale')
    const undone = async () => {
      await page.keyboard.press('u')
      await page.getByText('Undone. It stands in the history.').waitFor()
      await page.getByText(`${asked.findings} grouped`).waitFor()
    }
    await page.keyboard.press('s')
    await page.getByText('Kept apart.', { exact: true }).waitFor()
    await undone()
    await question.waitFor()
    await page.keyboard.press('m')
    await page.getByText('Merged.', { exact: true }).waitFor()
    await page.getByText(/^\d+ grouped/).waitFor()
    assert.ok((await flawOf(asked.id)).row.findings > asked.findings)
    await undone()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByRole('button', { name: 'Split B off' }).click()
    await page.getByText(`${asked.findings - 1} grouped`).waitFor()
    await undone()
    const now = await flawOf(asked.id)
    assert.equal(now.row.findings, asked.findings)
    assert.ok(now.history.length >= 6)
    await closeAll()
  })

  test('a judgement and a message are kept; what another changed meanwhile is said, not overwritten', async () => {
    const { id } = (await flaws('tab=everything'))[0]!
    const page = await open(world.coordinator)
    await visit(page, `${world.url}/flaws/${id}`)
    await page.getByLabel('Write a message').fill('Both stand in one function.')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await page.locator('.thread').getByText('Both stand in one function.').waitFor()
    const judge = async () => {
      await page.getByRole('button', { name: 'Judge', exact: true }).first().click()
      for (const [label, value] of Object.entries({
        Exploitation: 'Active',
        'Technical Impact': 'Total',
        Utility: 'Efficient',
      }))
        await page.getByLabel(label).selectOption({ label: value })
      await page.getByText(/The table says/).waitFor()
    }
    await judge()
    const { row, judgements } = await flawOf(id)
    const table = judgements.find((one) => one.table.includes('DT_SP'))!.table
    const other = await post<FlawPage>(`${world.url}/v1/flaws/${id}/judgements`, world.coordinator, {
      table,
      selections: { 'ssvc:E:1.1.0': 'P' },
      version: row.version,
    })
    assert.equal(other.status, 200, JSON.stringify(other.body))
    await page.getByRole('button', { name: 'Record the judgement' }).click()
    await page.getByText('Somebody else changed it meanwhile.').waitFor()
    assert.equal((await flawOf(id)).row.version, other.body.row.version)
    await page.getByRole('button', { name: 'Read it again' }).click()
    await page.getByText('Somebody else changed it meanwhile.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Record the judgement' }).click()
    await page.getByText(/The table says/).waitFor({ state: 'detached' })
    assert.equal((await flawOf(id)).row.version, other.body.row.version + 1)
    await closeAll()
  })

  test('every screen passes axe, light and dark, at 360 and 1440, without sideways scroll', { timeout: 300_000 }, async () => {
    const [asked] = (await flaws('tab=needs-me')).filter((row) => row.need === 'decide').sort((a, b) => b.findings - a.findings)
    const own = await read<{ rows: { receipt: string; report: string }[] }>(`${world.url}/v1/findings?limit=1`, world.finder)
    const { receipt, report } = own.rows[0]!
    const screens: readonly (readonly [string | null, readonly string[]])[] = [
      [null, ['/public', '/sign-in', '/join', '/report', '/status', '/no/such/page']],
      [world.finder, ['/findings', '/reports', `/reports/${report}`, `/status/${receipt}`]],
      [world.coordinator, ['/queue', '/search?q=tarlet', `/flaws/${asked!.id}`]],
      [world.administrator, ['/people', '/tokens', '/account']],
    ]
    const found: string[] = []
    const walk = async ([cookie, paths]: (typeof screens)[number]) => {
      const page = await open(cookie)
      for (const path of paths) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await visit(page, world.url + path)
        found.push(...(await faults(page, path)))
      }
    }
    await Promise.all(screens.map(walk))
    await closeAll()
    assert.deepEqual(found, [])
  })

  test('a long upload shows in the foot while it runs, and the queue waits to be asked', async () => {
    const page = await open(world.coordinator)
    await visit(page, `${world.url}/queue`)
    async function* slowly() {
      for (const part of ndjson(2500, 3)) {
        for (let at = 0; at < part.length; at += 64_000) {
          yield part.subarray(at, at + 64_000)
          await pause(20)
        }
      }
    }
    const sent = send(world.url, world.finder, slowly(), { query: { format: 'weir-ndjson', name: 'long-run.ndjson' } })
    const foot = page.locator('.foot')
    await foot.getByText(/long-run\.ndjson/).waitFor()
    await foot.getByText(/a second/).waitFor()
    assert.equal((await sent).answer?.complete, true)
    await foot.getByText(/2,500 read, 2,500 grouped/).waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Read it again' }).click()
    await page.getByText('The queue has changed since it was read.').waitFor({ state: 'detached' })
    await closeAll()
  })

  test('an invite becomes a person with a passkey, who signs out, in again, and once by a recovery code', async () => {
    const page = await open(world.administrator)
    await visit(page, `${world.url}/people`)
    await page.getByLabel('Organisation', { exact: true }).selectOption({ label: 'Halyard Labs' })
    await page.getByRole('checkbox', { name: /^finder/ }).check()
    await page.getByRole('button', { name: 'Make an invite' }).click()
    const link = (await page.locator('.note.soon code').textContent())!
    assert.match(link, /\/join#/)
    await page.getByRole('row', { name: /whoever holds the link/ }).waitFor()

    const guest = await open(null)
    await addAuthenticator(windows.at(-1)!)
    await join(guest, link, 'Runa Vik')
    await guest.getByRole('button', { name: 'Make recovery codes' }).click()
    const code = ((await guest.locator('pre').textContent()) ?? '').split('\n')[0]!
    await guest.getByRole('link', { name: 'Go to work' }).click()
    await guest.getByRole('heading', { name: 'Findings' }).waitFor()
    await signOut(guest)
    await guest.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await guest.getByRole('heading', { name: 'Findings' }).waitFor()
    await signOut(guest)
    await guest.getByText('Passkey lost? Use a recovery code').click()
    await guest.getByLabel('Recovery code').fill(code)
    await guest.getByRole('button', { name: 'Sign in with the code' }).click()
    await guest.getByRole('heading', { name: 'Findings' }).waitFor()
    await visit(page, `${world.url}/people`)
    await page.getByText('Runa Vik').waitFor()
    await closeAll()
  })

  test('a token is made, shown once, works, and ends at once', async () => {
    const page = await open(world.finder)
    await visit(page, `${world.url}/tokens`)
    await page.getByLabel('Name').fill('nightly fuzzing')
    await page.getByRole('checkbox', { name: /finding:read/ }).check()
    await page.getByRole('button', { name: 'Make the token' }).click()
    const secret = (await page.locator('.note.soon code').textContent())!
    const works = async () =>
      (await fetch(`${world.url}/v1/findings?limit=1`, { headers: { authorization: `Bearer ${secret}` } })).status
    assert.equal(await works(), 200)
    await page.getByRole('button', { name: 'End token nightly fuzzing' }).click()
    await page.getByRole('button', { name: 'End nightly fuzzing' }).click()
    await page.getByRole('cell', { name: 'Ended' }).waitFor()
    assert.equal(await works(), 401)
    await closeAll()
  })

  test('on a server of one’s own the first link makes an administrator with a passkey', async () => {
    const server = await startServerProcess({ demo: false, env: { WEIR_NAME: 'North Coast' } })
    try {
      const lines = server
        .said()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as ServerLine)
      const ready = lines.find((line) => line.event === 'ready')!
      const page = await open(null, server.url)
      await addAuthenticator(windows.at(-1)!)
      await visit(page, `${server.url}/sign-in`)
      assert.equal(await page.getByText('As one of the demo').count(), 0)
      await join(page, ready.firstLink!, 'Ada Sundt')
      await page.getByRole('link', { name: 'Go to work' }).click()
      await page.getByRole('heading', { name: 'People' }).waitFor()
      await signOut(page)
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
      await page.getByRole('heading', { name: 'People' }).waitFor()
      await closeAll()
    } finally {
      await server.stop()
    }
  })

  test('hostile text is shown inert', async () => {
    const page = await open(world.coordinator)
    for (const path of ['/queue?tab=everything&q=hostile', `/flaws/${hostile}`, '/reports']) {
      await visit(page, world.url + path)
      await page.getByText('[U+202E]').first().waitFor()
      const shown = await page.evaluate(() => ({
        made: document.querySelectorAll('main img, main script, main a[href^="javascript"]').length,
        unseen: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent ?? '') || /[\u202a-\u202e]/.test(document.title),
      }))
      assert.deepEqual(shown, { made: 0, unseen: false })
    }
    await closeAll()
  })

  test('not there and not allowed are one page', async () => {
    const { id } = (await flaws('tab=everything'))[0]!
    const page = await open(world.finder)
    const words = async (path: string) => {
      await visit(page, world.url + path)
      await page.getByRole('heading', { name: 'Nothing here for you' }).waitFor()
      return await page.locator('main').textContent()
    }
    const seen = []
    for (const path of ['/queue', `/flaws/${id}`, '/flaws/flw_nothing', '/people', '/no/such/page'])
      seen.push(await words(path))
    assert.deepEqual([...new Set(seen)], [seen[0]])
    await closeAll()
  })
})

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  assert.ok(!page.url().includes('#'), 'the secret is taken out of the address')
  await page.getByRole('button', { name: 'Take up the invite' }).click()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('heading', { name: 'Your passkey is added' }).waitFor()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /menu$/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

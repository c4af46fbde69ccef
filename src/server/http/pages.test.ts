import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Hono } from 'hono'
import type { Env } from './door.ts'
import { servePages } from './pages.ts'

const home = mkdtempSync(join(tmpdir(), 'weir-pages-'))
const app = new Hono<Env>()
before(async () => {
  const web = join(home, 'web')
  mkdirSync(join(web, 'assets'), { recursive: true })
  writeFileSync(join(home, 'secret.txt'), 'secret')
  writeFileSync(join(web, 'index.html'), '<title>the page</title>')
  writeFileSync(join(web, 'icon.svg'), '<svg/>')
  writeFileSync(join(web, 'assets', 'main-1a2b.js'), 'main()')
  await servePages(app, web)
})
after(() => rmSync(home, { recursive: true }))

const ask = async (path: string, method = 'GET') => {
  const answer = await app.request(`http://localhost${path}`, { method })
  return {
    status: answer.status,
    text: await answer.text(),
    type: answer.headers.get('content-type'),
    cache: answer.headers.get('cache-control'),
  }
}

test('a built file is itself and, where its name holds its content, kept for ever', async () => {
  assert.deepEqual(await ask('/assets/main-1a2b.js'), {
    status: 200,
    text: 'main()',
    type: 'text/javascript; charset=utf-8',
    cache: 'public, max-age=31536000, immutable',
  })
  assert.deepEqual(await ask('/icon.svg'), { status: 200, text: '<svg/>', type: 'image/svg+xml', cache: 'no-cache' })
})

test('every address of the page is the page, asked for anew each time', async () => {
  for (const path of ['/', '/flaws', '/flaws/flw_abc', '/report?x=1.js']) {
    const page = await ask(path)
    assert.deepEqual([page.status, page.cache], [200, 'no-cache'], path)
    assert.match(page.text, /the page/)
  }
})

test('the doors and missing files are not the page', async () => {
  for (const path of [
    '/v1',
    '/v1/nothing',
    '/ledger/nothing',
    '/.well-known/other',
    '/assets/old-9f.js',
    '/robots.txt',
    '/schemas/x',
  ])
    assert.equal((await ask(path)).status, 404, path)
  assert.equal((await ask('/flaws', 'POST')).status, 404)
})

test('no path leaves the folder', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/%00',
    '/secret.txt%00.js',
  ])
    assert.doesNotMatch((await ask(path)).text, /^secret/, path)
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { caseVerb } from '../commands/case.ts'
import { projectVerb } from '../commands/project.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { buildProgram } from '../program.ts'
import { inkFor } from '../text/ink.ts'

const PROJECT = `prj_${'1'.repeat(24)}`
const CASE = `case_${'2'.repeat(24)}`
const DRAFT = `ltr_${'3'.repeat(24)}`
const ROW = { id: PROJECT, name: 'Left\u001b[31m Pad', purl: 'pkg:npm/left-pad', repository: null, proved: true }
const LETTERS = [
  {
    id: `ltr_${'4'.repeat(24)}`,
    version: 9,
    state: 'sent',
    template: 'invitation',
    to: 'the maintainer',
    missing: [],
    waits: null,
  },
  {
    id: DRAFT,
    version: 3,
    state: 'draft',
    template: 'first-report',
    to: 'the\u001b[2J maintainer',
    missing: [{ code: 'contact.unproved', says: 'Nobody proved the contact.' }],
    waits: 'It is at position 1.',
  },
]

describe('weir project, weir case letters', () => {
  const asked: { readonly what: string; readonly body: unknown }[] = []
  let answer: (what: string) => unknown = () => null
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    if (request.url === '/v1/me') return response.end(JSON.stringify({ instance: { name: 'Weir' }, person: null }))
    const what = `${request.method} ${request.url}`
    asked.push({ what, body: text === '' ? null : JSON.parse(text) })
    response.end(JSON.stringify(answer(what)))
  })
  const folder = mkdtempSync(join(tmpdir(), 'weir-project-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  before(async () => await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done())))
  after(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const weir = async (...words: string[]) => {
    const [out, err]: [string[], string[]] = [[], []]
    const ink = inkFor({ isTTY: false } as never, {})
    let exit: Exit | null = null
    const screen = { out: (line: string) => out.push(line), tell: (line: string) => err.push(line), ink, tellInk: ink }
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    asked.length = 0
    try {
      const program = buildProgram([projectVerb, caseVerb], screen as never, (code) => {
        exit = code
      })
      await program.parseAsync([...words, '--server', url, '--token', 'weir_token'], { from: 'user' })
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      exit = error.exit
      err.push(error.message)
    }
    return { exit, out, err: err.join('\n') }
  }

  test('projects are listed a line each, without escapes, and looked for by words', async () => {
    answer = () => ({ rows: [ROW, { ...ROW, purl: null, repository: 'https://example.org/r', proved: false }], next: null })
    const ran = await weir('project', 'list', '--search', 'left pad&x')
    assert.deepEqual(ran.out, [
      `${PROJECT}  pkg:npm/left-pad  Left\\x1b[31m Pad  proved`,
      `${PROJECT}  https://example.org/r  Left\\x1b[31m Pad`,
    ])
    const { searchParams } = new URL(asked[0]!.what.slice('GET '.length), 'http://weir')
    assert.deepEqual([ran.exit, [...searchParams]], [EXIT.done, [['q', 'left pad&x']]])
    const json = await weir('project', 'list', '--json')
    assert.deepEqual(JSON.parse(json.out[0]!), ROW)
    assert.ok(!json.out.join('').includes('\u001b'))
  })

  test('a project is shown, entered, and acted on at the version that it has now', async () => {
    answer = () => ({ ...ROW, version: 7 })
    assert.deepEqual(JSON.parse((await weir('project', 'show', '../me')).out[0]!), { ...ROW, version: 7 })
    assert.equal(asked[0]?.what, 'GET /v1/projects/..%2Fme')
    const terms = file('terms.json', '{"report":{}}')
    const added = ['project', 'add', terms, '--name', 'Left Pad', '--source', 'SECURITY.md', '--purl', 'pkg:npm/left-pad']
    assert.deepEqual((await weir(...added, '--domain', 'a.example', 'b.example')).out, [PROJECT])
    assert.deepEqual(asked[0], {
      what: 'POST /v1/projects',
      body: {
        name: 'Left Pad',
        source: 'SECURITY.md',
        purl: 'pkg:npm/left-pad',
        repository: null,
        domains: ['a.example', 'b.example'],
        terms: { report: {} },
      },
    })
    assert.equal((await weir('project', 'act', PROJECT, '{"do":"pause","until":null}')).exit, EXIT.done)
    assert.deepEqual(asked[1], {
      what: `POST /v1/projects/${PROJECT}/acts`,
      body: { version: 7, act: { do: 'pause', until: null } },
    })
  })

  test('a file is read as the draft that its name says; what is wrong in terms ends with 2', async () => {
    answer = () => ({ terms: { contact: null }, from: [], wrong: [{ where: '/contact', says: 'No\u001b[31m contact.' }] })
    for (const [name, kind, exit] of [
      ['security.txt', 'security-txt', EXIT.done],
      ['SECURITY-INSIGHTS.yml', 'security-insights', EXIT.done],
      ['SECURITY.md', 'security-md', EXIT.done],
      ['terms.json', 'terms', EXIT.badInput],
    ] as const) {
      const ran = await weir('project', 'draft', file(name, 'x'))
      assert.deepEqual(asked[0], { what: 'POST /v1/projects/read-terms', body: { kind, text: 'x' } })
      assert.deepEqual([ran.exit, ran.out, ran.err], [exit, ['{"contact":null}'], '/contact: No\\x1b[31m contact.'], name)
    }
  })

  test('what is no file, too long, or no JSON is refused, and nothing is done', async () => {
    answer = () => ({ ...ROW, version: 7 })
    const given = ['--name', 'x', '--source', 'x']
    for (const words of [
      ['project', 'draft', join(folder, 'none')],
      ['project', 'draft', file('long', 'x'.repeat(200_001))],
      ['project', 'add', file('broken', '{'), ...given],
      ['project', 'act', PROJECT, '{'],
    ]) {
      const ran = await weir(...words)
      assert.deepEqual([ran.exit, ran.out], [EXIT.badInput, []], words.join(' '))
      assert.deepEqual(
        asked.filter(({ what }) => what.startsWith('POST')),
        [],
      )
    }
  })

  test('letters of a case are listed with what keeps them; one is sent or dropped at its own version', async () => {
    answer = (what) => (what.endsWith('/letters') ? { rows: LETTERS } : LETTERS[1])
    const ran = await weir('case', 'letters', CASE)
    assert.deepEqual(ran.out, [
      `${LETTERS[0]!.id}  sent  invitation  the maintainer`,
      `${DRAFT}  draft  first-report  the\\x1b[2J maintainer  Nobody proved the contact. It is at position 1.`,
    ])
    assert.deepEqual(
      asked.map(({ what }) => what),
      [`GET /v1/cases/${CASE}/letters`],
    )
    for (const act of ['send', 'drop']) {
      assert.equal((await weir('case', 'letters', CASE, `--${act}`, DRAFT)).exit, EXIT.done)
      assert.deepEqual(
        asked.filter(({ what }) => what.startsWith('POST')),
        [{ what: `POST /v1/letters/${DRAFT}/acts`, body: { do: act, version: 3 } }],
      )
    }
    assert.deepEqual(
      (await weir('case', 'letters', CASE, '--json')).out.map((line) => JSON.parse(line)),
      LETTERS,
    )
  })
})

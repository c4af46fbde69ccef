import type { Check, Complaint } from './complaint.ts'
import { onlyCode } from './source.ts'
import { isSource, isTest, listFiles, readText } from './tree.ts'

/** Answers that leave without `send`, each with the reason why nothing secret can be in them. */
const ALLOWED: readonly { readonly file: string; readonly calls: readonly string[]; readonly because: string }[] = [
  { file: 'src/server/http/door.ts', calls: ['c.json', 'c.body'], because: 'send and refuse themselves' },
  {
    file: 'src/server/http/routes/public.ts',
    calls: ['c.json', 'c.body', 'c.text'],
    because: 'signed log bytes, schemas, health, security.txt: public by their nature',
  },
  {
    file: 'src/server/http/routes/reports.ts',
    calls: ['stream'],
    because: 'the answer to an upload, each line through presentItemAnswer',
  },
  {
    file: 'src/server/http/routes/stream.ts',
    calls: ['streamSSE'],
    because: 'the event stream, each notice through presentNotice',
  },
  {
    file: 'src/server/http/public-files.ts',
    calls: ['c.body'],
    because: 'the public tree, which is built from what is published alone',
  },
  {
    file: 'src/server/http/pages.ts',
    calls: ['c.body', 'c.html', 'c.text', 'new Response'],
    because: 'the built page, the same for everyone',
  },
]

const EXITS: readonly (readonly [string, RegExp])[] = [
  ['c.json', /\bc\.json\(/],
  ['c.body', /\bc\.(?:body|newResponse)\(/],
  ['c.text', /\bc\.text\(/],
  ['c.html', /\bc\.html\(/],
  ['stream', /(?<![\w.])stream(?:Text)?\(/],
  ['streamSSE', /\bstreamSSE\(/],
  ['new Response', /\bnew Response\(|\bResponse\.json\(/],
]

/** Bodies leave through `send`, `refuse` or a named exception; only presenters make a `Presented`. */
export const exits: Check = (root) => {
  const complaints: Complaint[] = []
  for (const file of listFiles(root).filter((path) => isSource(path) && !isTest(path))) {
    const code = onlyCode(readText(root, file)).split('\n')
    const presenter = file.startsWith('src/core/access/present/')
    const allowed = ALLOWED.find((one) => one.file === file)?.calls ?? []
    for (const [n, line] of code.entries()) {
      const at = `${file}:${n + 1}`
      if (!presenter && /\bas (?:unknown as )?Presented\b|(?<![\w.])presented[<(]/.test(line)) {
        complaints.push({ at, says: 'only the presenters of core/access/present make a Presented: write one there' })
      }
      if (!file.startsWith('src/server/http/')) continue
      for (const [call, pattern] of EXITS) {
        if (pattern.test(line) && !allowed.includes(call))
          complaints.push({
            at,
            says: `${call} leaves without present: use send or refuse, or add it to scripts/checks/exits.ts with a reason`,
          })
      }
    }
  }
  return complaints
}

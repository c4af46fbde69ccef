import { randomUUID } from 'node:crypto'
import { instant } from '../core/kernel/instant.ts'
import { openPost } from '../server/notify/mail/post.ts'
import { USUAL_POST } from '../server/notify/mail/post-settings.ts'
import { sealLetter } from '../server/notify/mail/seal-letter.ts'
import { openFakeLetters } from './fake-letters.ts'

// A process that sends the letters of a folder until it is killed: folder, port and lease in milliseconds are its arguments.
const [folder = '', port = '0', lease = '500'] = process.argv.slice(2)
const post = openPost(
  { ...USUAL_POST, host: '127.0.0.1', port: Number(port), name: 'weir.example', atOnce: 8 },
  { store: openFakeLetters(folder, Number(lease), randomUUID), now: () => instant(Date.now()), seal: sealLetter },
)
process.stdout.write('up\n')
await post.run(new AbortController().signal, 20)

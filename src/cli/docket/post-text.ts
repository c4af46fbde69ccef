import { EXIT, Stop } from '../exit.ts'
import { begin, type Client, reach, readAll } from '../http/client.ts'
import { readProblem } from '../http/problem.ts'
import { type Loose, object } from '../http/read.ts'

/** Posts a text as it is and reads the small answer. Throws Stop with the reason. */
export async function postText(client: Client, path: string, said: string): Promise<Loose> {
  const answered = await reach(
    client,
    () =>
      new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
        const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(Buffer.byteLength(said)) }
        const request = begin(client, path, { method: 'POST', headers, timeout: 60_000 })
        request.on('timeout', () => request.destroy(new Error('the server fell silent')))
        request.on('error', reject)
        request.on('response', (response) => {
          readAll(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject)
        })
        request.end(said)
      }),
  )
  if (answered.status < 200 || answered.status > 299) throw readProblem(answered.status, answered.body)
  try {
    return object(JSON.parse(answered.body.toString('utf8')))
  } catch {
    throw new Stop(EXIT.unavailable, `What answers at ${client.base.origin} is not Weir.`, 'Name the server with --server.')
  }
}

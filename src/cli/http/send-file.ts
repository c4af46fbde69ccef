import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { begin, type Client, reach, readAll } from './client.ts'
import { readProblem } from './problem.ts'
import { type Loose, object } from './read.ts'

// A server digests and seals what it takes; half a gigabyte may keep it busy for a while after the last byte.
const SILENCE = 600_000

/** Posts a file as it lies there and reads the small answer; `sent` hears of each part's bytes. Throws Stop with the reason. */
export async function sendFile(
  client: Client,
  path: string,
  file: string,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Loose> {
  const handle = await openFile(file)
  const { size } = await handle.stat()
  const answered = await reach(client, () => post(client, path, handle, size, sent, signal)).finally(() => handle.close())
  if (answered.status < 200 || answered.status > 299) throw readProblem(answered.status, answered.body)
  try {
    return object(JSON.parse(answered.body.toString('utf8')))
  } catch {
    throw new Stop(EXIT.unavailable, `What answers at ${client.base.origin} is not Weir.`, 'Name the server with --server.')
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file)
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Stop(EXIT.badInput, `${inert(file)} cannot be read (${code === 'ENOENT' ? 'there is no such file' : code}).`)
  }
  throw new Stop(EXIT.badInput, `${inert(file)} is no file.`)
}

function post(
  client: Client,
  path: string,
  handle: FileHandle,
  size: number,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) }
    const request = begin(client, path, { method: 'POST', headers, signal, timeout: SILENCE })
    // To the size that was stated and no further: a file that grows meanwhile would break the request.
    const body = createReadStream('', { fd: handle, autoClose: false, start: 0, end: Math.max(0, size - 1) })
    let answering = false
    request.on('timeout', () => request.destroy(new Error('the server fell silent')))
    request.on('error', (error) => {
      if (signal.aborted) reject(new Stop(EXIT.stopped, 'Stopped. Nothing was stored.'))
      else if (!answering) reject(error)
    })
    request.on('response', (response) => {
      answering = true
      readAll(response).then((bytes) => resolve({ status: response.statusCode ?? 0, body: bytes }), reject)
    })
    body.on('error', (error) => request.destroy(error))
    body.on('data', (part) => sent(part.length))
    if (size === 0) request.end()
    else body.pipe(request)
  })
}

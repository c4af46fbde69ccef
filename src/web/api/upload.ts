import { Refused, readProblem, Unreachable } from './failure.ts'

export interface Upload {
  readonly path: string
  readonly body: Blob | string
  readonly mediaType: string
  /** Sending again with the same key stores nothing twice. */
  readonly key: string
  readonly onProgress: (sent: number, total: number) => void
  readonly signal: AbortSignal
}

/** Sends a file or text with progress in bytes, and gives the answer. Throws Refused, Unreachable, or an AbortError when stopped by its signal. */
export function upload<Answer>({ path, body, mediaType, key, onProgress, signal }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('content-type', mediaType)
    request.setRequestHeader('idempotency-key', key)
    request.setRequestHeader('x-weir', '1')
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total)
    request.onerror = () => reject(new Unreachable())
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    request.onload = () => {
      const answer = parse(request.responseText)
      if (request.status >= 200 && request.status < 300 && answer !== null) resolve(answer as Answer)
      else reject(new Refused(readProblem(request.status, answer)))
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** A fresh idempotency key; works also where the page is served without TLS on a local network. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import { Refused, readProblem, Unreachable } from './failure.ts'
import { queryString } from './request.ts'

/** Sends a file's bytes as they are. Throws Refused or Unreachable. */
export async function sendFile(path: string, query: Readonly<Record<string, string>>, file: File): Promise<void> {
  let response: Response
  try {
    response = await fetch(`${path}${queryString(query)}`, {
      method: 'POST',
      headers: { 'x-weir': '1', 'content-type': 'application/octet-stream' },
      body: file,
      credentials: 'same-origin',
      redirect: 'error',
    })
  } catch {
    throw new Unreachable()
  }
  if (!response.ok) throw new Refused(readProblem(response.status, await response.json().catch(() => null)))
}

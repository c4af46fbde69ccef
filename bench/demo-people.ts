/** A seeded person of a demo, as its door lists them. */
export interface DemoPerson {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly roles: readonly string[]
}

/** Everybody whom the demo at `url` lets sign in without a secret. */
export async function demoPeople(url: string): Promise<DemoPerson[]> {
  const { rows } = (await (await fetch(`${url}/v1/demo/people`)).json()) as { rows: DemoPerson[] }
  return rows
}

/** Signs a seeded person in and answers the cookie of the session as `name=value`; throws where the server gives none. */
export async function signInAs(url: string, person: string): Promise<string> {
  const answer = await fetch(`${url}/v1/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-weir': '1' },
    body: JSON.stringify({ person }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error(`signing in gave ${answer.status}`)
  return cookie
}

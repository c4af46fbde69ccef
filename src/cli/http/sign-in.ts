import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { isLoopback } from './address.ts'
import { ask, type Client, exchange, reach } from './client.ts'
import { readProblem } from './problem.ts'
import { list, object, text, texts } from './read.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly roles: readonly string[]
}

export interface Identity {
  readonly client: Client
  /** Who the server takes us for, in words; null without an account. */
  readonly who: string | null
  readonly demo: boolean
}

export interface Credentials {
  readonly token: string | undefined
  /** On a demo: name, organisation or role of the seeded person to be. */
  readonly as: string | undefined
}

/**
 * Finds out who we are to a server: by token, as a seeded person of a demo on this machine, or nobody. Throws Stop when
 * nothing answers (nothing was sent yet) or the token is refused.
 */
export async function identify(base: URL, { token, as }: Credentials, role: string, first = ''): Promise<Identity> {
  if (token !== undefined && !/^[\w.-]{1,200}$/.test(token)) {
    throw new Stop(
      EXIT.refused,
      `${first}That is not a token: it has characters that no token has.`,
      'Check --token or WEIR_TOKEN for spaces and quotes.',
    )
  }
  const client: Client = { base, credential: token === undefined ? {} : { authorization: `Bearer ${token}` } }
  const me = object(
    await reach(client, () => ask(client, 'GET', '/v1/me'), first).catch((error: unknown) => {
      if (first === '' || !(error instanceof Stop) || error.message.startsWith(first)) throw error
      throw new Stop(error.exit, first + error.message, error.mend)
    }),
  )
  const instance = object(me['instance'])
  if (text(instance['name']) === null)
    throw new Stop(EXIT.unavailable, `${first}What answers at ${base.origin} is not Weir.`, 'Name the server with --server.')
  const demo = instance['demo'] === true
  if (token === undefined && demo && isLoopback(base)) {
    const person = choosePerson(await demoPeople(client), as ?? role)
    return { client: await signIn(client, person), who: `${person.name}, ${person.organisation} (demo)`, demo }
  }
  if (as !== undefined) throw new Stop(EXIT.badInput, '--as works on a demo on this machine only.', 'Give a token instead.')
  const name = text(object(me['person'])['name']) ?? text(object(me['organisation'])['name'])
  return { client, who: name === null ? null : inert(name, 80), demo }
}

/** The seeded people of a demo. */
export async function demoPeople(client: Client): Promise<Person[]> {
  const answer = await ask(client, 'GET', '/v1/demo/people')
  return list(Array.isArray(answer) ? answer : (object(answer)['people'] ?? object(answer)['rows'])).map((one) => {
    const person = object(one)
    const plain = (value: unknown) => inert(text(value) ?? '', 80)
    return {
      id: text(person['id']) ?? '',
      name: plain(person['name']),
      organisation: plain(person['organisation']),
      roles: texts(person['roles']),
    }
  })
}

/** The first person that has that role, name or organisation; throws Stop with the choice where there is none. */
export function choosePerson(people: readonly Person[], wanted: string): Person {
  const word = wanted.toLowerCase()
  const found =
    people.find(({ roles }) => roles.includes(word)) ??
    people.find(({ name, organisation }) => name.toLowerCase() === word || organisation.toLowerCase() === word)
  if (found) return found
  const choice = people.map(({ name, organisation, roles }) => `${name} (${organisation}, ${roles.join(' and ')})`)
  throw new Stop(
    EXIT.badInput,
    `The demo has nobody who is "${inert(wanted, 60)}".`,
    choice.length === 0 ? null : `There are: ${choice.join('; ')}`,
  )
}

/** A client with the session of that seeded person. */
export async function signIn(client: Client, person: Person): Promise<Client> {
  const answered = await reach(client, () => exchange(client, 'POST', '/v1/demo/sign-in', { person: person.id }))
  if (answered.status < 200 || answered.status > 299) throw readProblem(answered.status, answered.body)
  const cookies = (answered.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0]!)
  if (cookies.length === 0) throw new Stop(EXIT.unavailable, 'The demo let us in but gave no session.')
  return { base: client.base, credential: { cookie: cookies.join('; ') } }
}

import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import { type ProblemCode, problem } from '../../contract/problem.ts'
import { ROUTES, type Route, type RouteName } from '../../contract/routes.ts'
import { rulesFor } from '../../core/access/permits.ts'
import type { Presented } from '../../core/access/present/presented.ts'
import type { Principal } from '../../core/access/principal.ts'
import type { Answer, Denied } from '../app/answer.ts'

/** Who asks and how, resolved once per request before any route runs. */
export interface Caller {
  readonly principal: Principal
  /** `cookie` callers are browsers and must show that the request is their own. */
  readonly by: 'nobody' | 'cookie' | 'token'
  /** Keyed digest of the session, to end it. */
  readonly session: Buffer | null
  /** Who asks by the same token or session now, for an answer that goes on after its request; a stranger once that has ended. */
  readonly again: () => Promise<Principal>
  readonly trace: string
}

export interface Env {
  Variables: { caller: Caller }
}

export type Handler = (c: Context<Env>, caller: Caller) => Promise<Response> | Response

/**
 * Serves one route of the table, and only with the policy asked first: without any rule that speaks for the caller the
 * answer is "sign in" to a stranger and "not found" to everyone else, before the handler runs.
 */
export function serve(app: Hono<Env>, name: RouteName, handler: Handler): void {
  const route: Route = ROUTES[name]
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => (param === 'path' ? `:${param}{.+}` : `:${param}`))
  app.on(route.method.toUpperCase(), path, async (c) => {
    const caller = c.get('caller')
    if (route.asks && rulesFor(caller.principal, route.asks.action, route.asks.noun).length === 0) {
      return refuse(c, { ok: false, code: caller.principal.kind === 'stranger' ? 'session.required' : 'thing.not-found' })
    }
    return await handler(c, caller)
  })
}

/** The only way a JSON body leaves: it was presented, or it is a problem document. */
export function send<T>(c: Context<Env>, answer: Answer<Presented<T>>, status: 200 | 201 | 202 = 200): Response {
  if (!answer.ok) return refuse(c, answer)
  return c.json(answer.value as object, status)
}

export function refuse(c: Context<Env>, denied: Denied): Response {
  const body = problem(denied.code, {
    ...(denied.say === undefined ? {} : { detail: denied.say }),
    ...(denied.where === undefined ? {} : { where: denied.where }),
    ...(denied.code === 'internal' ? { trace: c.get('caller')?.trace ?? '' } : {}),
  })
  return c.body(JSON.stringify(body), body.status as 400, { 'content-type': 'application/problem+json' })
}

/** Bytes as they come: saved as a file, never shown or run by a browser that is sent to them. */
export function sendBytes(
  c: Context<Env>,
  answer: Answer<Presented<{ bytes: AsyncIterable<Uint8Array>; mediaType: string; name: string }>>,
): Response {
  if (!answer.ok) return refuse(c, answer)
  const { bytes, mediaType, name } = answer.value
  const safe = name.replaceAll(/[^\w.-]/g, '_')
  return c.body(ReadableStream.from(bytes) as ReadableStream<Uint8Array>, 200, {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${safe}"`,
    'content-security-policy': "sandbox; default-src 'none'",
  })
}

const USUAL = 256 << 10

/** The request's JSON body as `schema` says, or a refusal that names the place. At most `limit` bytes, 256 KiB if not told. */
export async function readBody<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  limit: number = USUAL,
): Promise<Answer<z.infer<S>>> {
  const text = await readText(c, limit)
  if (text === null) return { ok: false, code: 'request.too-large', say: `This address takes at most ${limit >> 10} KiB.` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, code: 'request.invalid', say: 'The body is not JSON.' }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const first = parsed.error.issues[0]
  return {
    ok: false,
    code: 'request.invalid',
    say: first?.message ?? 'The body has another shape.',
    where: `/${(first?.path ?? []).map(String).join('/')}`,
  }
}

async function readText(c: Context<Env>, limit: number): Promise<string | null> {
  const parts: Uint8Array[] = []
  let held = 0
  for await (const part of c.req.raw.body ?? []) {
    held += part.length
    if (held > limit) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

export type { ProblemCode }

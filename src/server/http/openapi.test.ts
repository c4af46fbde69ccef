import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROUTES, type Route } from '../../contract/routes.ts'
import { openApi } from './openapi.ts'

type Json = Record<string, unknown>
const document = JSON.parse(JSON.stringify(openApi({ publicUrl: null, port: 4180 }))) as Json & {
  paths: Record<string, Record<string, Json>>
}

/** Every `$ref` with the document or schema it stands in. */
function* refs(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return
  for (const [name, inner] of Object.entries(value)) {
    if (name === '$ref' && typeof inner === 'string') yield inner
    yield* refs(inner)
  }
}

test('every route is there under its method, with an id of its own and its path’s parameters', () => {
  const ids: string[] = []
  for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
    const operation = document.paths[route.path]?.[route.method]
    assert.ok(operation, name)
    ids.push(operation['operationId'] as string)
    const named = ((operation['parameters'] ?? []) as { name: string; in: string; required: boolean }[]).filter(
      (one) => one.in === 'path',
    )
    assert.deepEqual(
      named.map((one) => one.name),
      [...route.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param),
      name,
    )
    assert.ok(named.every((one) => one.required))
    assert.ok((operation['responses'] as Json)['default'], name)
  }
  assert.equal(new Set(ids).size, Object.keys(ROUTES).length)
  const count = Object.values(document.paths).reduce((sum, path) => sum + Object.keys(path).length, 0)
  assert.equal(count, ids.length)
})

test('every reference leads to something in the document', () => {
  const found = [...refs(document)]
  assert.ok(found.length > 20)
  for (const ref of found) {
    assert.match(ref, /^#\//)
    const target = ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, part) => (at as Json | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document)
    assert.notEqual(target, undefined, ref)
  }
})

test('what asks the policy names how to sign in', () => {
  for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
    const security = document.paths[route.path]![route.method]!['security']
    assert.equal(Array.isArray(security), route.asks !== null, name)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatPurl, mendPurl, parsePurl, withoutVersion } from './purl.ts'

function canonical(text: string): string {
  const parsed = parsePurl(text)
  return parsed.ok ? formatPurl(parsed.purl) : `refused: ${parsed.why}`
}

test('one package has one text', () => {
  assert.equal(canonical('pkg:npm/@babel/core@7.0.0'), 'pkg:npm/%40babel/core@7.0.0')
  assert.equal(canonical('pkg:npm/%40babel/core@7.0.0'), 'pkg:npm/%40babel/core@7.0.0')
  assert.equal(canonical('pkg:PyPI/Zope_Interface@5.0'), 'pkg:pypi/zope-interface@5.0')
  assert.equal(canonical('pkg:github/Torvalds/Linux@refs/heads/master'), 'pkg:github/torvalds/linux@refs%2Fheads%2Fmaster')
  assert.equal(canonical('pkg:golang/stdlib@1.19'), 'pkg:golang/stdlib@1.19')
  assert.equal(canonical('pkg:golang/github.com/Azure/go-autorest@v1'), 'pkg:golang/github.com/Azure/go-autorest@v1')
  assert.equal(canonical('pkg:deb/Debian/Curl@7?distro=x&arch=amd64'), 'pkg:deb/debian/curl@7?arch=amd64&distro=x')
})

test('a subpath cannot climb, however it is written', () => {
  assert.equal(canonical('pkg:npm/a#../../etc/./passwd'), 'pkg:npm/a#etc/passwd')
  assert.equal(canonical('pkg:npm/a#%2e%2e/b'), 'pkg:npm/a#b')
  assert.match(canonical('pkg:npm/a#b%2Fc'), /^refused/)
})

test('what is not one purl is refused with a reason', () => {
  for (const text of [
    '',
    'pkg:',
    'pkg:npm',
    'npm/a',
    'pkg:npm/',
    'pkg:npm/a%',
    'pkg:npm/a%00',
    'pkg:npm/a%ff',
    'pkg:npm/\u0007',
    'pkg:npm/a?b=1&b=2',
    'pkg:npm/a?__proto__=1',
    'pkg:deb/curl',
    'pkg:cargo/x/y',
    'pkg:npm/a?b',
    'pkg:npm/\ud800',
  ]) {
    assert.match(canonical(text), /^refused: .+\.$|^refused: A purl starts with pkg:$/, text)
  }
})

test('mending takes the case of qualifier keys, strict reading does not', () => {
  assert.equal(parsePurl('pkg:gem/a@1?Platform=java').ok, false)
  const mended = mendPurl('pkg:gem/a@1?Platform=java')
  assert.equal(mended.ok && formatPurl(mended.purl), 'pkg:gem/a@1?platform=java')
})

test('without its version a purl names the package', () => {
  const parsed = parsePurl('pkg:npm/%40scope/name@1.2.3?repository_url=x')
  assert.equal(parsed.ok && formatPurl(withoutVersion(parsed.purl)), 'pkg:npm/%40scope/name?repository_url=x')
})

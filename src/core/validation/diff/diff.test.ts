import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confine, stripOf } from './confine.ts'
import type { FileChange } from './file-change.ts'
import { parseDiff } from './parse-diff.ts'
import { renderDiff } from './render-diff.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function filesOf(text: string): readonly FileChange[] {
  const read = parseDiff(bytes(text))
  assert.ok(read.ok, JSON.stringify(read))
  return read.files
}

const PLAIN = `--- a/src/parse.c\t2026-01-02 03:04:05
+++ b/src/parse.c\t2026-01-02 03:04:06
@@ -10,3 +10,4 @@ int parse(void)
 {
-  read(n);
+  if (n > MOST) return -1;
+  read(n);
 }
`

test('a unified diff is read with its lines and where they lie', () => {
  const [file] = filesOf(PLAIN)
  assert.deepEqual([file?.from, file?.to], ['a/src/parse.c', 'b/src/parse.c'])
  assert.equal(file?.hunks[0]?.section, 'int parse(void)')
  assert.deepEqual(
    file?.hunks[0]?.lines.map(({ mark, text }) => mark + text),
    [' {', '-  read(n);', '+  if (n > MOST) return -1;', '+  read(n);', ' }'],
  )
})

test('a mail around a git patch is passed over, and its signature is no line of a hunk', () => {
  const files = filesOf(`From 1234 Mon Sep 17 00:00:00 2001
Subject: [PATCH] Refuse what is too long

--- is not a header
---
 src/parse.c | 1 +

diff --git a/src/parse.c b/src/parse.c
index 111..222 100644
--- a/src/parse.c
+++ b/src/parse.c
@@ -1 +1,2 @@
 one
+two
-- 
2.39.2
`)
  assert.equal(files.length, 1)
  assert.equal(files[0]?.hunks[0]?.lines.length, 2)
})

test('new, deleted and renamed files, modes, and files that do not end their last line', () => {
  const files = filesOf(`diff --git a/new.c b/new.c
new file mode 100644
--- /dev/null
+++ b/new.c
@@ -0,0 +1 @@
+int x;
\\ No newline at end of file
diff --git a/old.c b/old.c
deleted file mode 100755
--- a/old.c
+++ /dev/null
@@ -1 +0,0 @@
-int y;
diff --git a/from here.c b/to there.c
similarity index 100%
rename from from here.c
rename to to there.c
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
`)
  assert.deepEqual(
    files.map(({ from, to, moved }) => [from, to, moved]),
    [
      [null, 'b/new.c', null],
      ['a/old.c', null, null],
      ['a/from here.c', 'b/to there.c', 'renamed'],
      ['a/run.sh', 'b/run.sh', null],
    ],
  )
  assert.equal(files[0]?.hunks[0]?.lines[0]?.ended, false)
  assert.equal(files[3]?.newMode, '100755')
})

test('a diff whose own lines carry carriage returns loses them; a file with carriage returns keeps them', () => {
  const [mailed] = filesOf(PLAIN.replaceAll('\n', '\r\n'))
  assert.equal(mailed?.hunks[0]?.lines[0]?.text, '{')
  const [dos] = filesOf('--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-one\r\n+two\r\n')
  assert.equal(dos?.hunks[0]?.lines[0]?.text, 'one\r')
})

test('what cannot be looked at is refused with its place', () => {
  const refused = (text: string) => {
    const read = parseDiff(bytes(text))
    assert.ok(!read.ok)
    return `${read.where}: ${read.say}`
  }
  assert.match(refused('diff --git a/x.png b/x.png\nGIT binary patch\nliteral 3\n'), /line 2: .*binary/)
  assert.match(refused('Binary files a/x.png and b/x.png differ\n'), /binary/)
  assert.match(refused('*** a/x.c\n--- b/x.c\n***************\n*** 1,2 ****\n'), /context diff/)
  assert.match(refused('diff --cc x.c\n@@@ -1,1 -1,1 +1,2 @@@\n'), /merge/)
  assert.match(refused(PLAIN.replace(' }\n', '')), /ends 2 lines early/)
  assert.match(refused(PLAIN.replace('+  read(n);', '?  read(n);')), /line 7: .*no mark/)
  assert.match(refused(PLAIN.replace('@@ -10,3 +10,4 @@', '@@ -10,2 +10,2 @@')), /more lines|ends/)
  assert.match(refused('@@ -1 +1 @@\n-a\n+b\n'), /before any file/)
  assert.match(refused('good morning\n'), /changes nothing/)
  assert.match(refused('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\0\n+b\n'), /not text/)
})

test('paths that lead anywhere but to a plain file of the tree are refused', () => {
  const refusedFor = (path: string, mode = '') => {
    const text = `diff --git a/x b/x\n${mode}--- a/x\n+++ ${path}\n@@ -1 +1 @@\n-a\n+b\n`
    const confined = confine(filesOf(text), 1)
    return confined.ok ? null : confined.say
  }
  assert.equal(refusedFor('b/src/x.c'), null)
  assert.match(refusedFor('/etc/passwd')!, /absolute/)
  assert.match(refusedFor('b/../../etc/passwd')!, /`\.\.`/)
  assert.match(refusedFor('b/./x')!, /`\.`/)
  assert.match(refusedFor('b//etc/passwd')!, /empty part/)
  assert.match(refusedFor('b/sub/.GIT/hooks/pre-commit')!, /git folder/)
  assert.match(refusedFor('b/x\\..\\y')!, /backslash/)
  assert.match(refusedFor('"b/x\\033[2J"')!, /control character/)
  assert.match(refusedFor('b/link', 'new mode 120000\n')!, /symbolic link/)
  assert.match(refusedFor('b/module', 'new mode 160000\n')!, /submodule/)
  assert.match(refusedFor('b/tool', 'new mode 104755\n')!, /mode 104755/)
})

test('how many folders to strip follows from the paths, or is left to the tree', () => {
  const strip = (from: string, to: string) => stripOf(filesOf(`--- ${from}\n+++ ${to}\n@@ -1 +1 @@\n-a\n+b\n`))
  assert.equal(strip('a/src/x.c', 'b/src/x.c'), 1)
  assert.equal(strip('i/src/x.c', 'w/src/x.c'), 1)
  assert.equal(strip('tool-1.0.orig/src/x.c', 'tool-1.0/src/x.c'), 1)
  assert.equal(strip('x.c', 'x.c'), 0)
  assert.equal(strip('/dev/null', 'b/x.c'), 1)
  assert.equal(strip('src/x.c', 'src/x.c'), null)
})

test('what is written anew reads the same again', () => {
  const odd = `diff --git "a/caf\\303\\251.c" "b/caf\\303\\251.c"
--- "a/caf\\303\\251.c"
+++ "b/caf\\303\\251.c"
@@ -1,2 +1,2 @@
 one
-two
\\ No newline at end of file
+three
\\ No newline at end of file
diff --git a/a name.c b/a name.c
--- a/a name.c\t
+++ b/a name.c\t
@@ -3,0 +4 @@
+four
`
  for (const text of [PLAIN, odd]) {
    const confined = confine(filesOf(text), 1)
    assert.ok(confined.ok)
    const again = parseDiff(renderDiff(confined.files))
    assert.ok(again.ok)
    const twice = confine(again.files, 1)
    assert.ok(twice.ok)
    const shape = (files: readonly FileChange[]) => files.map((file) => ({ ...file, hunks: file.hunks.map((h) => h.lines) }))
    assert.deepEqual(shape(twice.files), shape(confined.files))
  }
})

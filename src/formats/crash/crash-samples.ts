// Made by hand after the form of each tool, as small as the form allows; used by tests only.

export const SAMPLES: Readonly<Record<string, string>> = {
  asan: `==12==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011 at pc 0x1 bp 0x2 sp 0x3
WRITE of size 4 at 0x602000000011 thread T0
    #0 0x4a in __asan_memcpy (/out/fuzz+0x4a)
    #1 0x4b in parse(char const*, unsigned long) /src/demo/parse.c:12:3
    #2 0x4c in LLVMFuzzerTestOneInput /src/demo/fuzz.c:5:1
0x602000000011 is located 0 bytes to the right of 1-byte region
allocated by thread T0 here:
    #0 0x5a in malloc (/out/fuzz+0x5a)
    #1 0x5b in open_it /src/demo/parse.c:3:1
DEDUP_TOKEN: parse--LLVMFuzzerTestOneInput
SUMMARY: AddressSanitizer: heap-buffer-overflow /src/demo/parse.c:12:3 in parse
==12==ABORTING
`,
  uaf: `==9==ERROR: AddressSanitizer: heap-use-after-free on address 0x6 at pc 0x1
READ of size 8 at 0x6 thread T0
    #0 0x1 in use src/a.c:1:1
freed by thread T0 here:
    #0 0x1 in free (/x+0x1)
    #1 0x2 in drop src/a.c:9:1
SUMMARY: AddressSanitizer: heap-use-after-free
`,
  ubsan: `demo.c:7:9: runtime error: division by zero
    #0 0x1 in ratio demo.c:7:9
    #1 0x2 in main demo.c:20:1
SUMMARY: UndefinedBehaviorSanitizer: undefined-behavior demo.c:7:9
`,
  msan: `==5==WARNING: MemorySanitizer: use-of-uninitialized-value
    #0 0x1 in check /src/m.c:4:7
    #1 0x2 in main /src/m.c:9:1

  Uninitialized value was created by a heap allocation
    #0 0x3 in malloc (/m+0x3)
    #1 0x4 in make /src/m.c:2:1
SUMMARY: MemorySanitizer: use-of-uninitialized-value /src/m.c:4:7 in check
`,
  lsan: `==7==ERROR: LeakSanitizer: detected memory leaks

Indirect leak of 8 byte(s) in 1 object(s) allocated from:
    #0 0x1 in malloc (/x+0x1)
    #1 0x2 in inner l.c:2:1

Direct leak of 16 byte(s) in 1 object(s) allocated from:
    #0 0x1 in malloc (/x+0x1)
    #1 0x2 in outer l.c:5:1
SUMMARY: AddressSanitizer: 24 byte(s) leaked in 2 allocation(s).
`,
  tsan: `==================
WARNING: ThreadSanitizer: data race (pid=9)
  Write of size 4 at 0x7b0400000010 by thread T1:
    #0 bump race.c:6:3 (race+0x1)

  Previous read of size 4 at 0x7b0400000010 by main thread:
    #0 look race.c:9:3 (race+0x2)

  Thread T1 (tid=10, running) created by main thread at:
    #0 pthread_create <null> (race+0x3)
    #1 main race.c:20:1 (race+0x4)

SUMMARY: ThreadSanitizer: data race race.c:6:3 in bump
==================
`,
  libfuzzer: `INFO: Seed: 1
ALARM: working on the last Unit for 26 seconds
==3== ERROR: libFuzzer: timeout after 26 seconds
    #0 0x1 in __sanitizer_print_stack_trace (/x+0x1)
    #1 0x2 in spin /src/s.c:3:1
SUMMARY: libFuzzer: timeout
`,
  afl: `Crash in out/default/crashes/id:000000,sig:11,src:000001,time:12,op:havoc,rep:2
`,
  java: `Exception in thread "main" java.lang.IllegalStateException: broken
\tat com.example.Outer.run(Outer.java:10)
\tat com.example.Main.main(Main.java:3)
Caused by: java.lang.NullPointerException: inner
\tat com.example.Inner.get(Inner.java:7)
\t... 2 more
`,
  jazzer: `== Java Exception: com.code_intelligence.jazzer.api.FuzzerSecurityIssueCritical: Remote Code Execution
\tat com.code_intelligence.jazzer.sanitizers.Check.hook(Check.java:1)
\tat com.example.Loader.load(Loader.java:44)
DEDUP_TOKEN: 0123456789abcdef
`,
  'go-race': `==================
WARNING: DATA RACE
Write at 0x00c0000140a8 by goroutine 7:
  main.worker()
      /app/main.go:14 +0x44

Previous read at 0x00c0000140a8 by main goroutine:
  main.main()
      /app/main.go:22 +0x9a

Goroutine 7 (running) created at:
  main.main()
      /app/main.go:20 +0x8c
==================
`,
  'go-panic': `panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
example.com/demo/list.(*List).At(0xc000, 0x5)
\t/app/list/list.go:9 +0x1d
main.main()
\t/app/main.go:5 +0x2a
exit status 2
`,
  python: `Traceback (most recent call last):
  File "/app/a.py", line 3, in inner
    int("x")
ValueError: invalid literal

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/a.py", line 9, in <module>
    outer()
  File "/app/a.py", line 7, in outer
    raise KeyError("k")
KeyError: 'k'
`,
  assert: `demo: src/demo.c:40: void run(int): Assertion \`n > 0' failed.
AddressSanitizer:DEADLYSIGNAL
==4==ERROR: AddressSanitizer: ABRT on unknown address 0x000000000004 (pc 0x1 bp 0x2 sp 0x3 T0)
    #0 0x1 in raise (/lib/libc.so.6+0x1)
    #1 0x2 in run src/demo.c:40:3
SUMMARY: AddressSanitizer: ABRT
==4==ABORTING
`,
  glibc: `*** stack smashing detected ***: terminated
`,
  rust: `thread 'main' panicked at src/lib.rs:7:5:
index out of bounds: the len is 3 but the index is 9
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:1:5
   1: demo::pick
             at ./src/lib.rs:7:5
`,
  kernel: `[   12.345678] BUG: KASAN: slab-out-of-bounds in demo_write+0x2a/0x60
[   12.345679] Write of size 4 at addr ffff888012345678 by task demo/77
[   12.345680] Call Trace:
[   12.345681]  dump_stack+0x10/0x20
[   12.345682]  demo_write+0x2a/0x60
[   12.345683]  vfs_write+0x30/0x40
`,
  gdb: `Program received signal SIGSEGV, Segmentation fault.
#0  0x0000000000401136 in crash (p=0x0) at demo.c:3
#1  0x0000000000401150 in main () at demo.c:9
`,
}

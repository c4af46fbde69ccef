// Names of functions and files that say how a program noticed a crash, not where its flaw is. Matched on normalised symbols
// (`exact`, `prefixes`, `parts`) and on paths as printed. Our own list; grouped by where the frames come from.

/** Whole names. */
export const RUNTIME_EXACT: ReadonlySet<string> = new Set(
  `malloc calloc realloc reallocarray free cfree memalign posix_memalign aligned_alloc valloc pvalloc _Znwm
  strdup strndup wcsdup operatornew operatordelete
  memcpy memmove memset memcmp memchr memrchr memmem mempcpy bcmp bcopy bzero strlen strnlen strcpy strncpy strcat strncat strcmp
  strncmp strcasecmp strncasecmp strchr strrchr strstr strcasestr strtok strtok_r strspn strcspn strpbrk stpcpy stpncpy strlcpy
  strlcat strtol strtoll strtoul strtoull strtod strtof atoi atol atoll atof wcslen wcscpy wcsncpy wcscmp wmemcpy wmemset
  printf sprintf snprintf vprintf vsprintf vsnprintf fprintf vfprintf asprintf vasprintf sscanf vsscanf puts fputs fwrite fread
  index rindex qsort bsearch read write pread pwrite readv writev recv recvfrom send sendto
  abort raise gsignal tgkill kill pthread_kill _exit exit quick_exit assert __assert __assert_fail __assert_fail_base __assert2
  __assert_rtn __assert_perror_fail __stack_chk_fail __fortify_fail __chk_fail __libc_message __libc_fatal malloc_printerr
  libc_message fortify_fail chk_fail stack_chk_fail
  _start start_thread clone clone3 __clone __libc_start_main __libc_start_call_main __libc_start_main_impl __libc_init
  __pthread_start asan_thread_start BaseThreadInitThunk RtlUserThreadStart RtlRaiseException KiUserExceptionDispatcher
  RaiseException CxxThrowException _CxxThrowException invoke_main mainCRTStartup __scrt_common_main_seh
  __restore_rt __kernel_rt_sigreturn __kernel_vsyscall linux-gate.so.1 sigtramp _sigtramp
  dump_stack dump_stack_lvl show_stack print_address_description kasan_report kasan_object_err kasan_end_report
  panic warn_slowpath_fmt warn_slowpath_null kasan_check_range check_memory_region kfree kmalloc kzalloc kmem_cache_alloc kmem_cache_free
  kasan_kmalloc kasan_slab_alloc kasan_slab_free kasan_save_stack kasan_set_track save_stack ret_from_fork entry_SYSCALL_64_after_hwframe do_syscall_64
  g_assertion_message g_assertion_message_expr g_assertion_message_cmpnum g_malloc g_malloc0 g_realloc g_free g_log g_logv g_error
  WTFCrash WTFCrashWithSecurityImplication WTFReportBacktrace WTFReportAssertionFailure V8_Fatal ImmediateCrash GetBackTrace
  rust_panic rust_begin_unwind rust_panic_with_hook begin_panic __rust_alloc __rust_dealloc __rust_realloc __rg_alloc __rdl_alloc
  __rust_start_panic __rust_begin_short_backtrace __rust_end_short_backtrace __rust_maybe_catch_panic rust_oom __cxa_throw __cxa_rethrow __cxa_pure_virtual
  __cxa_bad_cast _Unwind_Raise_Exception terminate throwFailedAssertion libfuzzer_sys::initialize LLVMFuzzerRunDriver
  DriverMain demangling_terminate_handler __libcpp_verbose_abort __libcpp_allocate android_set_abort_message __android_log_assert
  NaClSignalHandler debuggerd_signal_handler syscall __syscall __GI_raise __GI_abort __GI___assert_fail`.split(/\s+/),
)

/** Beginnings of names. */
export const RUNTIME_PREFIXES: readonly string[] = [
  '__asan', '__hwasan', '__msan', '__tsan', '__ubsan', '__lsan', '__sanitizer', '__interceptor', '___interceptor_', '__interception',
  'wrap_', '__wrap_', '__GI_', '__memcpy', '__memmove', '__memset', '__memcmp', '__mem', '__str', '__wcs', 'memcpy-', 'memmove-', 'memset-',
  '__cfi', '__cxxabi', '__cxa_', '_Unwind', '__rust', '__libc_', '__pthread', '__aeabi_', '__sigtramp', '__scrt_', '__tmainCRT', '__muloti', '__sys_',
  'asan_', 'tsan_', 'Interceptor', 'sanitizer_', 'scudo::', 'gwp_asan::', 'llvm_gcov', 'llvm::sys::', '__afl', 'afl_', 'fuzzer::', 'libfuzzer_sys::',
  'fuzztest::', 'centipede::', 'testing::', 'google::LogMessage', 'google::protobuf::internal::LogMessage', 'absl::log_internal', 'absl::raw_log',
  'std::', 'core::', 'alloc::', '__gnu_cxx::', '_rust_begin', 'rust_panic', 'backtrace::', 'addr2line::', 'gimli::', 'compiler_builtins::',
  'base::debug::', 'base::allocator', 'base::internal::Invoke', 'base::internal::FunctorTraits', 'base::internal::DecayedFunctor', 'base::OnceCallback',
  'base::RepeatingCallback', 'base::internal::RunnableAdapter', 'base::PartitionRoot', 'base::PartitionAlloc', 'partition_alloc::', 'logging::',
  'WTF::PartitionAllocator', 'WTF::Partitions', 'WTF::fastMalloc', 'WTF::fastFree', 'v8::base::OS::Abort', 'v8::base::FatalOOM', 'v8::internal::V8::FatalProcessOutOfMemory',
  'v8::base::debug::', 'v8::Utils::ReportApiFailure', 'v8::ToLocalEmpty', 'v8::api_internal::',
  'android::base::LogMessage', 'android::LogAlways', 'SkAbort', 'sk_abort', 'sk_malloc', 'sk_free',
  'runtime.', 'runtime/debug.', 'runtime/', 'testing.', 'reflect.', 'panic', 'main._cgoexp', 'internal/abi.', 'syscall.', '_cgoexp', 'crosscall',
  'java.lang.', 'java.util.concurrent.', 'jdk.internal.', 'sun.reflect.', 'java.base/', 'sun.misc.', 'org.junit.', 'junit.', 'com.code_intelligence.jazzer.',
  'org.apache.maven.', 'org.gradle.', 'worker.org.gradle.', 'com.sun.proxy.', 'java.util.Objects.', 'android.os.', 'com.android.internal.',
  'kasan_', 'kmsan_', 'kcsan_', '__kasan', '__kmalloc', '__kmem', '__kfree', '__warn', '__x64_sys_', '__se_sys_', '__do_sys_', 'report_bug', 'exc_', 'asm_exc_', 'asm_common',
  '__sanitizer_print', 'Envoy::Logger', 'gsignal', 'abort_', '__abort', 'Assertion', '_pytest.', 'atheris', 'jazzer',
  'operator new', 'operator delete', 'swift_', '__swift', '__objc', 'objc_', 'dyld', '_dispatch_', '_sigtramp',
]

/** Pieces of a path that only runtimes, standard libraries and fuzzing engines have. */
export const RUNTIME_PATHS: readonly string[] = [
  '/glibc-', '/eglibc-', '/sysdeps/', '/csu/libc-start', '/nptl/', '/bits/', '/include/c++/', '/c++/v1/', 'libc++/src/', 'libcxx/include', 'libcxxabi/', 'libstdc++',
  'compiler-rt/', 'llvm-project/compiler-rt', 'libFuzzer/', '/libfuzzer/Fuzzer', 'asan_interceptors', 'sanitizer_common', '/rustc/', '/library/std/src/',
  '/library/core/src/', '/library/alloc/src/', 'src/libstd/', 'src/libcore/', 'src/liballoc/', 'buildtools/third_party/libc++', 'bionic/libc/',
  '/usr/local/go/src/runtime/', '/go/src/runtime/', 'jdk.internal', '<frozen ', 'importlib/', 'vctools/crt', 'vccrt/', 'minkernel/crts', 'ucrt/', 'musl/src/', 'musl-1.',
  'libclang_rt', 'third_party/libc++', 'third_party/googletest', 'third_party/fuzztest', 'third_party/centipede', 'base/immediate_crash.h', 'node:internal/', '(node:', '<anonymous>',
]

/** Shared objects whose unnamed frames tell nothing. */
export const RUNTIME_MODULES: readonly string[] = [
  'libc.so', 'libc-2.', 'libpthread', 'ld-linux', 'libstdc++', 'libgcc_s', 'libasan', 'libubsan', 'libtsan', 'libclang_rt', 'ntdll.dll', 'kernel32.dll', 'kernelbase.dll',
  'ucrtbase.dll', 'msvcrt.dll', 'libsystem_', 'libdyld', 'linux-gate.so', 'clang_rt.asan', 'vcruntime', 'libc++',
]

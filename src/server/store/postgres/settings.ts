import { accessSync, constants } from 'node:fs'

/** `lasting` keeps what was acknowledged through a power cut; `fleeting` is for tests only. */
export type Durability = 'lasting' | 'fleeting'

/**
 * The whole `postgresql.conf`. Sized for two cores and a budget of 1.5 GiB that Node shares: 192 MB of shared buffers, small
 * per-query memory. Nothing a statement carries reaches the log: no errors (their messages quote values), no details, no
 * statement text, no parameters; only what the server says of itself.
 */
export function settingsFile(durability: Durability): string {
  const lasting = durability === 'lasting'
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    max_connections: '40',
    superuser_reserved_connections: '3',
    password_encryption: 'scram-sha-256',
    shared_buffers: lasting ? '192MB' : '64MB',
    effective_cache_size: '512MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    temp_buffers: '4MB',
    wal_buffers: '8MB',
    // A checkpoint makes every page whole again in the log at its next change: few of them, or a large intake writes mostly that.
    max_wal_size: '6GB',
    min_wal_size: '128MB',
    wal_compression: 'on',
    wal_level: 'minimal',
    max_wal_senders: '0',
    fsync: lasting ? 'on' : 'off',
    full_page_writes: lasting ? 'on' : 'off',
    synchronous_commit: lasting ? 'on' : 'off',
    checkpoint_timeout: '30min',
    autovacuum_max_workers: '2',
    max_worker_processes: '6',
    max_parallel_workers: '2',
    max_parallel_workers_per_gather: '1',
    io_workers: '2',
    huge_pages: 'off',
    jit: 'off',
    dynamic_shared_memory_type: sharedMemory(),
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, ymd',
    lc_messages: 'C',
    default_text_search_config: 'pg_catalog.simple',
    logging_collector: lasting ? 'on' : 'off',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_file_mode: '0600',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    log_temp_files: '-1',
    log_lock_waits: 'off',
    log_recovery_conflict_waits: 'off',
    cluster_name: 'weir',
    update_process_title: 'off',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `# Written by Weir at every start; changes here are lost.\n${lines.join('\n')}\n`
}

/** Only the socket, only with a password. */
export const HBA_FILE = '# Written by Weir at every start; changes here are lost.\nlocal all all scram-sha-256\n'

/** Small containers may have no /dev/shm to write to. */
function sharedMemory(): string {
  try {
    if (process.platform === 'linux') accessSync('/dev/shm', constants.W_OK)
    return 'posix'
  } catch {
    return 'mmap'
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Calls `stop` at the first wish to end, from a terminal, a process manager or the process that started us. */
export function onStopRequest(stop: () => void): void {
  for (const signal of signals) process.on(signal, stop)
  if (process.channel) process.on('disconnect', stop)
}

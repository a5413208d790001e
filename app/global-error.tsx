'use client'

/** The root layout itself failed, so nothing of the look can be counted on. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <html lang="en-GB">
      <body>
        <title>Copydesk</title>
        <main role="alert">
          <h1>The desk did not come up</h1>
          <p>
            Something broke on our side. Your posts and their times are not touched; the worker that publishes
            has its own line.
          </p>
          <button type="button" onClick={retry}>
            Try again
          </button>
          {error.digest && <p>If it stays, tell whoever runs the desk: {error.digest}</p>}
        </main>
      </body>
    </html>
  )
}

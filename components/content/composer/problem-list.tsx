'use client'

import { clsx } from 'clsx'
import { CircleAlert, OctagonX, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { LinkButton, linkClass } from '#components/content/link-button.tsx'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { problemsTitle, stops } from '#lib/content/problems.ts'
import { useComposer } from './composer-context.tsx'

/** Once, at the top: what stops this piece, what to think about, and the way to mend each. */
export function ProblemList() {
  const { brand, problems, mend } = useComposer()
  if (problems.length === 0) return null
  const blocked = stops(problems)
  return (
    <section
      aria-label="Before this can go"
      className={
        blocked
          ? 'mb-3.5 rounded-2 border border-[color-mix(in_oklch,var(--stop)_35%,transparent)]'
          : 'mb-3.5 rounded-2 border border-rule-2'
      }
    >
      <h2
        className={
          blocked
            ? 'flex items-center gap-2 rounded-t-2 border-b border-[color-mix(in_oklch,var(--stop)_20%,transparent)] bg-stop-wash px-2.5 py-2 font-bold'
            : 'flex items-center gap-2 border-b border-rule px-2.5 py-2 font-bold'
        }
      >
        <TriangleAlert aria-hidden />
        {problemsTitle(problems)}
      </h2>
      <ul>
        {problems.map(({ key, severity, network, message, remedy }) => (
          <li
            key={key}
            className="grid grid-cols-[16px_minmax(0,1fr)] items-center gap-x-2 border-rule px-2.5 py-1.5 not-first:border-t md:grid-cols-[16px_minmax(0,1fr)_auto]"
          >
            {severity === 'error' ? (
              <OctagonX aria-label="Stops it" className="text-stop" />
            ) : (
              <CircleAlert aria-label="To think about" className="text-warn" />
            )}
            <p className="flex items-start gap-2">
              {network && isNetwork(network) && <NetworkGlyph network={network} silent className="mt-0.5" />}
              <span>{message}</span>
            </p>
            {remedy &&
              (remedy.act === 'reconnect' ? (
                <Link
                  href={`/brands/${brand.slug}/connections`}
                  className={clsx(linkClass, 'max-md:col-start-2')}
                >
                  {remedy.label}
                </Link>
              ) : (
                <LinkButton
                  onClick={() => mend(remedy)}
                  className="justify-self-start max-md:col-start-2 md:justify-self-end"
                >
                  {remedy.label}
                </LinkButton>
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

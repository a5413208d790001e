import { Check, X } from 'lucide-react'
import { SectionHead } from '#components/ui/section-head.tsx'

const asked = [
  'See the Pages you choose, and the Instagram accounts linked to them',
  'Post to them what was approved',
  'Read how their posts did',
  'Read what they posted, to find a post whose answer got lost',
]
const notAsked = ['Messages, adverts, friends', 'Your password: Facebook asks for it on its own page']

/** What connecting lets us do, before anyone leaves for the network's page. */
export function WhatIsAsked() {
  return (
    <section>
      <SectionHead title="What Facebook is asked for" />
      <ul className="border-t border-rule-2">
        {asked.map((right) => (
          <li key={right} className="flex gap-2 border-b border-rule py-1.5">
            <Check aria-hidden className="mt-px text-pass" />
            {right}
          </li>
        ))}
        {notAsked.map((right) => (
          <li key={right} className="flex gap-2 border-b border-rule py-1.5 text-ink-2">
            <X aria-hidden className="mt-px" />
            <span>
              <span className="sr-only">Not: </span>
              {right}
            </span>
          </li>
        ))}
      </ul>
      <p className="pt-2 text-xs text-ink-3">
        A Page and its Instagram account are two accounts here: a post goes to either or to both.
      </p>
      <p className="pt-2 text-xs text-ink-3">
        Connecting an account again keeps its queue and its history: it is the same account with a new key.
      </p>
    </section>
  )
}

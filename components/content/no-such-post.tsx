import Link from 'next/link'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { Status } from '#components/status/status.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { NearPost } from '#lib/content/queries.ts'

type NoSuchPostProps = { brand: Brand; asked: string; nearest: readonly NearPost[] }

/** Says what was looked for and offers the near ones. */
export function NoSuchPost({ brand, asked, nearest }: NoSuchPostProps) {
  const base = `/brands/${brand.slug}/content`
  return (
    <DeskPage>
      <div className="grid max-w-[560px] justify-items-start gap-2.5 py-6">
        <p className="num font-head text-[5.5rem]/[0.9] tracking-[-0.03em] font-stretch-[75%]">
          <del className="bg-transparent text-ink decoration-[6px] decoration-pencil-mark">404</del>
        </p>
        <h1 className="head-1">
          There is no post {brand.code}-{asked} on this desk
        </h1>
        <p className="text-ink-2">
          It may have been deleted as a draft, or the number has a digit too many.
          {nearest.length > 0 && ' Nearest by number:'}
        </p>
        {nearest.length > 0 && (
          <RuleList className="w-full">
            {nearest.map((post) => (
              <RuleRow key={post.number}>
                <span className="slug">
                  {brand.code}-{post.number}
                </span>
                <Link href={`${base}/${post.number}`} className="min-w-0 flex-1 truncate">
                  {post.title}
                </Link>
                <Status status={post.state} />
              </RuleRow>
            ))}
          </RuleList>
        )}
        <div className="flex gap-2 pt-1">
          <ButtonLink href={base} look="act">
            Search all posts
          </ButtonLink>
          <ButtonLink href={`/brands/${brand.slug}/calendar`}>Back to the calendar</ButtonLink>
        </div>
      </div>
    </DeskPage>
  )
}

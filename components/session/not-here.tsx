import { ButtonLink } from '#components/ui/button.tsx'

/** The same words for what never was and what is not yours to see. */
export function NotHere() {
  return (
    <div className="grid justify-items-start gap-2.5">
      <p className="num font-head text-[5.5rem]/[0.9] tracking-[-0.03em] font-stretch-[75%]">
        <del className="bg-transparent text-ink decoration-[6px] decoration-pencil-mark">404</del>
      </p>
      <h1 className="head-1">There is nothing at this address</h1>
      <p className="text-ink-2">
        It may have been moved or archived, or it belongs to a brand you are not on. Who manages that brand
        can add you.
      </p>
      <ButtonLink href="/" look="act">
        Go to the desk
      </ButtonLink>
    </div>
  )
}

import { ButtonLink } from '#components/ui/button.tsx'

export default function PortalNotFound() {
  return (
    <main className="mx-auto grid max-w-[960px] justify-items-start gap-2.5 px-4 py-8">
      <h1 className="text-[1.75rem]/8 font-head font-stretch-[86%]">There is nothing at this address</h1>
      <p className="text-md text-ink-2">
        The post may have been taken back, or the address was cut in two. Everything meant for you stands on
        your page.
      </p>
      <ButtonLink href="/portal" look="act" size="lg">
        Go to your page
      </ButtonLink>
    </main>
  )
}

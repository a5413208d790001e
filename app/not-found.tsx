import { NotHere } from '#components/session/not-here.tsx'

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-[560px] content-center px-6 py-12">
      <NotHere />
    </main>
  )
}

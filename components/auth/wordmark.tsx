import { clsx } from 'clsx'
import { CopydeskMark } from '#components/ui/copydesk-mark.tsx'

export function Wordmark({ className }: { className?: string }) {
  return (
    <p className={clsx('flex items-center gap-2.5 font-head text-[19px] font-stretch-[86%]', className)}>
      <CopydeskMark className="size-[26px]" />
      Copydesk
    </p>
  )
}

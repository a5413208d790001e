/** First stop of the keyboard: over the rail, into the page. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-(--z-skip) -translate-y-20 rounded-2 bg-raised px-3 py-2 shadow-2 focus:translate-y-0"
    >
      Skip to content
    </a>
  )
}

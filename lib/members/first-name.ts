const TITLE = /^(?:dr|prof|mr|mrs|ms|miss|mx|rev|sir|dame|lady|lord)\.?$/i

/** What people call someone in running text: "Nadia" for "Dr. Nadia Aziz", but "Dr. Aziz" where no first name is known. */
export function firstName(name: string): string {
  const words = name.split(' ').filter((word) => word !== '')
  const untitled = words.findIndex((word) => !TITLE.test(word))
  const [first = name] = words.slice(Math.max(untitled, 0))
  const isSurnameAlone = untitled > 0 && untitled === words.length - 1
  return isSurnameAlone ? words.join(' ') : first
}

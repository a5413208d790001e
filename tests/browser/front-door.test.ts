import { expect, test } from '#tests/support/browser.ts'

test('a stranger is shown the way in, on a desk and on a phone', async ({ openBrowser, stack }) => {
  for (const on of ['desktop', 'phone'] as const) {
    const page = await openBrowser({ on })
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto('/')
    expect(new URL(page.url()).origin).toBe(stack.site)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(complaints).toEqual([])
  }
})

/** To a heading of the long page, with the keyboard. The address stays: its part after the number sign is the screen's. */
export function leadTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

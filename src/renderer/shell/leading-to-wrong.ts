/**
 * A form that is refused leads to what is wrong with it: after a button that sends was pressed, the focus goes to the
 * first wrong field of its form, at once or when the answer is there. Whoever goes on typing or pressing meanwhile keeps
 * the place they are at; a form that is sent, or refused for no field of its own, keeps the focus where it was.
 */
const SENDS = 'button[data-sends]';
/** The nearest of these around the button is its form; else what it stands in. */
const FORM = 'form, aside, section, [role="dialog"], [data-form]';
const WRONG = '[aria-invalid="true"], .field[role="group"]';
const IN_A_GROUP = ['[aria-invalid="true"]', 'input:checked', 'input, textarea, [role="combobox"]', 'button'];

const isOn = (element: HTMLElement): boolean => !element.matches(':disabled');

/** Where the person can put it right; null for a group in which nothing is wrong. */
function placeOf(wrong: HTMLElement): HTMLElement | null {
  if (wrong.role !== 'group') return wrong;
  if (![...wrong.children].some((child) => child.matches('.error'))) return null;
  const places = IN_A_GROUP.map((part) => [...wrong.querySelectorAll<HTMLElement>(part)].find(isOn));
  return places.find((place) => place !== undefined) ?? null;
}

/** The first field of a form that says that it is wrong. */
function firstWrong(form: Element): HTMLElement | null {
  const wrong = [...form.querySelectorAll<HTMLElement>(WRONG)].map(placeOf);
  return wrong.find((place) => place !== null && isOn(place)) ?? null;
}

/**
 * Listens to every button in `root`.
 * @returns ends it
 */
export function leadToWrong(root: HTMLElement): () => void {
  let end = (): void => undefined;

  function watch(button: HTMLElement, form: Element): void {
    const look = (): void => {
      if (!form.isConnected) end();
      else if (button.ariaBusy !== 'true') {
        const place = firstWrong(form);
        if (!place) return;
        end();
        place.focus();
      }
    };
    const observer = new MutationObserver(look);
    const soon = setTimeout(look); // what was wrong before stands there already
    observer.observe(form, {
      childList: true,
      subtree: true,
      attributeFilter: ['aria-invalid', 'aria-busy'],
    });
    for (const event of ['pointerdown', 'keydown'] as const)
      root.addEventListener(event, () => end(), { once: true });
    end = () => {
      clearTimeout(soon);
      observer.disconnect();
      end = () => undefined;
    };
  }

  function onclick(event: MouseEvent): void {
    end();
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>(SENDS) : null;
    const form = button?.closest(FORM) ?? button?.parentElement;
    if (button && form) watch(button, form);
  }

  root.addEventListener('click', onclick);
  return () => {
    end();
    root.removeEventListener('click', onclick);
  };
}

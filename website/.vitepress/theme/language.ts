/** The language whose tab was taken last, in the browser's storage. */
const KEY = 'cdk8s-talos-language';

/** Shows all code in the language that the reader took in one place, also on the next page. */
export function followLanguage(router: { onAfterRouteChange?: () => void }): void {
  if (typeof document === 'undefined') {
    return; // the build renders pages without a browser
  }
  document.addEventListener('change', ({ target, isTrusted }) => {
    const input = target as HTMLInputElement;
    const language = isTrusted && input.closest('.vp-code-group') && labelOf(input);
    if (language) {
      const top = input.getBoundingClientRect().top;
      localStorage.setItem(KEY, language);
      show(language, input);
      window.scrollBy(0, input.getBoundingClientRect().top - top); // other tabs have other heights
    }
  });
  router.onAfterRouteChange = () => setTimeout(() => {
    const language = localStorage.getItem(KEY);
    if (language) {
      show(language);
    }
  });
}

function labelOf(input: HTMLInputElement): string | undefined {
  return input.nextElementSibling?.textContent?.trim();
}

function show(language: string, except?: HTMLInputElement): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('.vp-code-group input')) {
    if (input !== except && !input.checked && labelOf(input) === language) {
      input.click();
    }
  }
}

const texts = {
  de: { title: 'Die Anwendung konnte nicht gestartet werden', retry: 'Erneut versuchen' },
  en: { title: 'The application could not be started', retry: 'Try again' },
} as const;

/** The last resort when start-up fails: a page a screen reader announces, with the reason and a way on. */
export function showFailure(cause: unknown): void {
  reportError(cause);
  const { title, retry } = document.documentElement.lang === 'en' ? texts.en : texts.de;
  document.title = title;

  const heading = document.createElement('h1');
  heading.textContent = title;
  const reason = document.createElement('p');
  reason.textContent = cause instanceof Error ? cause.message : String(cause);
  const alert = document.createElement('div');
  alert.setAttribute('role', 'alert');
  alert.append(heading, reason);

  const button = document.createElement('button');
  button.textContent = retry;
  button.addEventListener('click', () => location.reload());
  const main = document.createElement('main');
  main.className = 'shell_Failure';
  main.append(alert, button);
  document.body.replaceChildren(main);
}

// Sets the colour scheme before the first paint. A file rather than an inline script, so that a
// content security policy of `script-src 'self'` is enough.
(function () {
  var stored = null;
  try {
    stored = window.localStorage.getItem('mantine-color-scheme-value');
  } catch (error) {
    // Storage is blocked: the system's choice stands.
  }
  var dark = stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();

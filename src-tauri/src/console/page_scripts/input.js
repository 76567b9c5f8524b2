// Notes, in a world of the app's own, whether something was typed or chosen that no form has sent.
// A frame of the same origin notes it at its top window; what others hold is not known.
(() => {
  const note = (value) => {
    window.unsaved = value;
    try {
      if (window.top !== window) window.top.unsaved = value || window.top.unsaved;
    } catch {
      // A frame of another origin keeps it to itself.
    }
  };
  const isEditable = (element) =>
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLInputElement && element.type !== 'search') ||
    (element instanceof HTMLElement && element.isContentEditable);
  const changed = (event) => {
    if (event.isTrusted && isEditable(event.composedPath()[0])) note(true);
  };
  addEventListener('input', changed, true);
  addEventListener('change', changed, true);
  addEventListener('submit', () => note(false), true);
})();

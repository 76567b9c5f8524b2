// Draws a line in the mark's colour at the foot of the page, with its words, and again when the page takes
// it away; null words take it away for good. It fails silently: the mark that counts is the app's own frame.
// It runs in a world of the app's own, and a style sheet that it constructs is not subject to the page's CSP.
((words, colour, palette) => {
  try {
    window.banner?.end();
    if (words === null) return;
    const host = document.createElement('sidelight-banner');
    host.setAttribute('aria-hidden', 'true');
    const root = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${palette}
      :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none; }
      div { border-bottom: 4px solid var(--mark); text-align: center; }
      span { display: inline-block; max-width: 60%; padding: 0 12px; overflow: hidden; text-overflow: ellipsis;
             white-space: nowrap; border-radius: 6px 6px 0 0; background: var(--mark); color: var(--on-mark);
             font: 600 12px/20px system-ui, sans-serif; }
      @media print { :host { display: none; } }`);
    root.adoptedStyleSheets = [sheet];
    const line = document.createElement('div');
    line.dataset.colour = colour;
    line.append(Object.assign(document.createElement('span'), { textContent: words }));
    root.append(line);
    // A page that fights for its foot wins in the end.
    let times = 1000;
    const place = () => {
      const page = document.documentElement;
      if (page && host.parentNode !== page && times > 0) {
        times -= 1;
        page.append(host);
        watch.observe(page, { childList: true });
      }
    };
    const watch = new MutationObserver(place);
    watch.observe(document, { childList: true });
    window.banner = {
      end: () => {
        watch.disconnect();
        host.remove();
      },
    };
    place();
  } catch {
    // The page goes without.
  }
})

// Small pieces every page is made of: elements, tables, requests, and the place the address names.
// It knows no service. It grows with a piece that two pages need.

/** Makes an element; attributes that are functions become listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Fetches data of the signed-in account; a session that is over shows its page. */
export async function load(path, query = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
  if (answer.status === 401) {
    location.reload();
    return new Promise(() => {});
  }
  if (!answer.ok) throw Object.assign(new Error(path), { code: (await answer.json()).error });
  return answer.json();
}

/** The address of a console page, in a region. */
export function address(path, region, hash = '', query = {}) {
  return `${path}?${new URLSearchParams({ region, ...query })}${hash}`;
}

/** A link that changes the page without loading it. */
export function link(href, text, attributes = {}) {
  return h('a', { href, 'data-nav': true, ...attributes }, text);
}

/** A heading with a count and buttons at its right. */
export function heading(title, count, ...buttons) {
  return h('div', { class: 'heading' },
    h('h1', {}, title, count === null ? null : h('span', { class: 'count' }, ` (${count})`)),
    h('div', { class: 'buttons' }, ...buttons));
}

/** A dense table in a card, with a filter over it; rows are arrays of texts or elements. */
export function table(caption, columns, rows, emptyText) {
  const lines = rows.map((cells) => h('tr', {}, cells.map((cell) => h('td', {}, cell))));
  const empty = h('tr', {}, h('td', { class: 'empty', colspan: columns.length }, emptyText));
  const filter = h('input', {
    type: 'search', placeholder: `Find ${caption.toLowerCase()}`, 'aria-label': `Find ${caption.toLowerCase()}`, 'data-action': 'filter',
    input: () => {
      const words = filter.value.trim().toLowerCase();
      for (const line of lines) line.hidden = !line.textContent.toLowerCase().includes(words);
    },
  });
  return h('div', { class: 'card table-card' },
    h('div', { class: 'filter' }, filter),
    h('table', { 'aria-label': caption },
      h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col' }, column)))),
      h('tbody', {}, lines.length === 0 ? empty : lines)));
}

/** A state in words, with a colour and a shape. */
export function status(text) {
  const good = /^(Running|.*_COMPLETE|2\/2 checks passed)$/.test(text) && !text.includes('ROLLBACK');
  const bad = /FAILED|ROLLBACK/.test(text);
  const busy = /IN_PROGRESS|Pending|Stopping/.test(text);
  const kind = good ? 'good' : bad ? 'bad' : busy ? 'busy' : 'idle';
  return h('span', { class: `status ${kind}` }, text);
}

/** 2097152 -> "2.0 MB", as the console writes sizes. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** "111122223333" -> "1111-2222-3333". */
export function dashed(account) {
  return account.replace(/(\d{4})(?=\d)/g, '$1-');
}

/** A message that goes away by a click. */
export function toast(text) {
  const box = h('div', { class: 'toast', click: () => box.remove() }, text);
  document.getElementById('toasts').append(box);
}

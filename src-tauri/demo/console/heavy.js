const words = [];
let checksum = 0;
for (const step of functions) checksum = (checksum + step(7, words)) % 1000003;
const rows = document.getElementById('rows');
for (let index = 0; index < 1000; index += 1) {
  const row = document.createElement('li');
  const name = document.createElement('b');
  const value = document.createElement('span');
  name.textContent = words[index % words.length].id;
  value.textContent = ' ' + words[index % words.length].sum;
  row.append(name, value);
  rows.append(row);
}
// Numbers with a fraction are stored as they are, eight bytes each: 20 times one MiB.
window.held = Array.from({ length: 20 }, (_, block) =>
  Array.from({ length: 131072 }, (_, index) => index * 0.5 + block + 0.25));
document.title = 'heavy ready';
const query = new URLSearchParams(location.search);
fetch('/demo/report', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    path: '/demo/heavy', title: document.title, n: query.get('n'), account: null, arn: null, checksum,
    elements: document.querySelectorAll('*').length, milliseconds: Math.round(performance.now()),
    visibility: document.visibilityState, device_pixel_ratio: devicePixelRatio, opener: window.opener !== null,
    messages: [], storage_seen: null, actions: {},
  }),
});

// One bucket: its objects, and the ways in which a page can start a download.
// It is not the transfer, which the browser does. It grows with another way.

import { breadcrumbs } from './frame.js';
import { address, h, heading, link, load, size, table } from './parts.js';

export async function bucketPage(place) {
  const objects = await load('/demo/api/objects', { bucket: place.name });
  const rows = objects.map((object) => [
    h('span', { class: 'object' }, object.key), kind(object.key), size(object.size),
    object.last_modified.slice(0, 16).replace('T', ' '), downloads(place.name, object.key),
  ]);
  return [
    breadcrumbs('S3', link(address('/s3/buckets', place.region), 'Buckets', { 'data-action': 'back-to-buckets' }), place.name),
    heading(place.name, null, h('button', { class: 'button', disabled: true }, 'Copy S3 URI'),
      h('button', { class: 'button primary', disabled: true }, 'Upload')),
    h('div', { class: 'tabs' }, ['Objects', 'Metadata', 'Properties', 'Permissions', 'Metrics', 'Management']
      .map((name, index) => h('span', { class: index === 0 ? 'current' : null }, index === 0 ? `${name} (${objects.length})` : name))),
    table('Objects', ['Name', 'Type', 'Size', 'Last modified (UTC)', ''], rows, 'No objects'),
  ];
}

function kind(key) {
  return key.includes('.') ? key.slice(key.lastIndexOf('.') + 1) : '–';
}

function downloads(bucket, key) {
  const sameFrame = h('button', {
    class: 'button small', 'data-action': `download:${key}`,
    click: async () => location.assign(await presign(bucket, key)),
  }, 'Download');
  const choices = h('div', { class: 'menu-lines' });
  const menu = h('details', {
    class: 'menu download-as', toggle: () => { if (menu.open) fill(choices, bucket, key); else choices.replaceChildren(); },
  }, h('summary', { class: 'button small', 'data-action': `download-as:${key}`, title: 'Download as' }, 'As…'), choices);
  return h('span', { class: 'downloads' }, sameFrame, menu);
}

// The links are minted when the menu opens: a window opened after a request would count as unasked for.
async function fill(choices, bucket, key) {
  const url = await presign(bucket, key);
  const choice = (action, text, attributes) => h(attributes.href ? 'a' : 'button', { 'data-action': `${action}:${key}`, ...attributes }, text);
  choices.replaceChildren(
    choice('same-frame', 'Same frame', { href: url }),
    choice('new-tab', 'New tab', { href: url, target: '_blank', rel: 'noopener' }),
    choice('window-open', 'window.open', { click: () => window.open(url) }),
    choice('iframe', 'Hidden frame', { click: () => document.body.append(h('iframe', { src: url, hidden: true })) }));
}

async function presign(bucket, key) {
  const answer = await fetch('/demo/api/presign', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ bucket, key }),
  });
  if (answer.status === 401) location.reload();
  return (await answer.json()).url;
}

// The console's start: who is signed in, which page the address names, and moving between pages without loading.
// It is not a page. It grows with a page, by one line of the table.

import { drawFrame } from './frame.js';
import { bucketPage } from './bucket.js';
import { homePage } from './home.js';
import { h, load, toast } from './parts.js';
import { reportNow, sawMessage, sawSession } from './report.js';
import { bucketsPage, connectPage, instancesPage, stackPage, stacksPage } from './services.js';

let session = null;
let drawn = 0;

function placeOf(url) {
  const region = url.searchParams.get('region') || session.home_region;
  const bucket = url.pathname.match(/^\/s3\/buckets\/(.+)$/);
  const stack = url.hash.match(/^#\/stacks\/(.+)$/);
  if (bucket) return { service: 's3', page: bucketPage, region, name: decodeURIComponent(bucket[1]) };
  if (url.pathname.startsWith('/s3/')) return { service: 's3', page: bucketsPage, region };
  if (url.pathname === '/ec2/connect') return { service: 'ec2', page: connectPage, region, name: url.searchParams.get('instance') };
  if (url.pathname.startsWith('/ec2/')) return { service: 'ec2', page: instancesPage, region };
  if (url.pathname.startsWith('/cloudformation/')) {
    return { service: 'cloudformation', page: stack ? stackPage : stacksPage, region, name: stack && decodeURIComponent(stack[1]) };
  }
  return { service: 'home', page: homePage, region };
}

async function draw() {
  drawn += 1;
  const turn = drawn;
  // Asked again each time, so that a report says what this very page saw.
  session = await load('/demo/api/session');
  if (turn !== drawn) return;
  sawSession(session);
  const place = placeOf(new URL(location.href));
  drawFrame(session, place, changeRegion);
  document.title = titleOf(place);
  remember(place.service);
  const content = document.getElementById('content');
  let parts;
  try {
    parts = await place.page(place, session);
  } catch (error) {
    parts = [explain(error)];
  }
  if (turn !== drawn) return;
  content.replaceChildren(...parts);
  reportNow();
}

function titleOf(place) {
  const names = { home: 'Console Home', s3: 'S3 buckets', ec2: 'Instances | EC2', cloudformation: 'Stacks | CloudFormation' };
  const name = place.name ? `${place.name} | ${place.service === 's3' ? 'S3' : place.service === 'ec2' ? 'Connect' : 'CloudFormation'}` : names[place.service];
  return `${name} | ${place.region}`;
}

function explain(error) {
  if (error.code === 'no_permission') {
    return h('div', { class: 'alert bad', 'data-action': 'no-permission' }, h('b', {}, 'You don’t have permissions'),
      h('p', {}, `${session.arn} is not authorized to perform this action because no session policy allows it.`));
  }
  return h('div', { class: 'alert bad' }, h('b', {}, 'This page could not be loaded'), h('p', {}, error.code ?? error.message));
}

function remember(service) {
  const recent = JSON.parse(localStorage.getItem('recent') ?? '[]').filter((known) => known !== service);
  if (service !== 'home') localStorage.setItem('recent', JSON.stringify([service, ...recent].slice(0, 6)));
}

function go(url) {
  history.pushState(null, '', url);
  scrollTo(0, 0);
  draw();
}

function changeRegion(region) {
  const url = new URL(location.href);
  url.searchParams.set('region', region);
  go(url);
}

document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('details.menu[open]')) {
    if (!open.contains(event.target)) open.open = false;
  }
  const anchor = event.target.closest('a[data-nav]');
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!anchor || anchor.target || !plain) return;
  event.preventDefault();
  go(anchor.href);
});

addEventListener('popstate', draw);
addEventListener('hashchange', draw);
addEventListener('message', (event) => {
  if (event.origin !== location.origin || typeof event.data?.text !== 'string') return;
  sawMessage(event.data.text);
  if (event.data.kind === 'answer') return;
  toast(event.data.text);
  event.source?.postMessage({ kind: 'answer', text: 'opener heard you' }, location.origin);
});

await draw();

// The lists of S3, EC2 and CloudFormation, and the windows they open.
// It is not a bucket's content. It grows with a list.

import { breadcrumbs } from './frame.js';
import { address, h, heading, link, load, status, table } from './parts.js';

const WINDOW = 'popup,width=760,height=560';

export async function bucketsPage(place) {
  const buckets = await load('/demo/api/buckets');
  const rows = buckets.map((bucket) => [
    link(address(`/s3/buckets/${encodeURIComponent(bucket.name)}`, place.region, '', { tab: 'objects' }), bucket.name,
      { 'data-action': `bucket:${bucket.name}` }),
    bucket.region, bucket.access, bucket.created,
  ]);
  return [
    breadcrumbs('S3', 'Buckets'),
    heading('General purpose buckets', buckets.length, h('button', { class: 'button', disabled: true }, 'Copy ARN'),
      h('button', { class: 'button primary', disabled: true }, 'Create bucket')),
    table('Buckets', ['Name', 'Region', 'Access', 'Creation date'], rows, 'No buckets'),
  ];
}

export async function instancesPage(place) {
  const instances = await load('/demo/api/instances', { region: place.region });
  const rows = instances.map((instance) => [
    h('span', {}, h('b', {}, instance.name), h('small', {}, `${instance.zone} · ${instance.private_ip}`)), h('span', { class: 'mono' }, instance.id), status(instance.state), instance.kind,
    status(instance.checks),
    h('button', {
      class: 'button small', 'data-action': `connect:${instance.name}`, disabled: instance.state !== 'Running',
      click: () => window.open(address('/ec2/connect', place.region, '', { instance: instance.id }), '_blank', WINDOW),
    }, 'Connect'),
  ]);
  return [
    breadcrumbs('EC2', 'Instances'),
    heading('Instances', instances.length, h('button', { class: 'button', disabled: true }, 'Instance state'),
      h('button', { class: 'button primary', disabled: true }, 'Launch instances')),
    table('Instances', ['Name', 'Instance ID', 'State', 'Type', 'Status check', ''], rows,
      `You do not have any instances in ${place.region}`),
  ];
}

export async function stacksPage(place) {
  const stacks = await load('/demo/api/stacks', { region: place.region });
  const rows = stacks.map((stack) => {
    const page = address('/cloudformation/home', place.region, `#/stacks/${encodeURIComponent(stack.name)}`);
    return [
      h('span', {}, link(page, stack.name, { 'data-action': `stack:${stack.name}` }), h('small', {}, stack.description)),
      status(stack.status), stack.updated,
      h('button', {
        class: 'button small', 'data-action': `open-window:${stack.name}`, click: () => window.open(page, '_blank', WINDOW),
      }, 'Open in new window'),
    ];
  });
  const instances = address('/ec2/home', place.region, '#Instances:');
  return [
    breadcrumbs('CloudFormation', 'Stacks'),
    heading('Stacks', stacks.length,
      h('a', { class: 'button', href: instances, target: '_blank', rel: 'opener', 'data-action': 'new-tab-instances' }, 'Instances in a new tab'),
      h('a', { class: 'button', href: 'https://docs.aws.amazon.com/', target: '_blank', rel: 'noopener', 'data-action': 'foreign-docs' }, 'Documentation ↗')),
    table('Stacks', ['Stack name', 'Status', 'Updated (UTC)', ''], rows, `No stacks in ${place.region}`),
  ];
}

export async function stackPage(place) {
  const stacks = await load('/demo/api/stacks', { region: place.region });
  const stack = stacks.find((known) => known.name === place.name);
  if (stack) window.opener?.postMessage({ kind: 'hello', text: 'child says hello' }, location.origin);
  const list = address('/cloudformation/home', place.region, '#/stacks');
  if (!stack) return [breadcrumbs(link(list, 'Stacks'), place.name), h('div', { class: 'alert bad' }, h('b', {}, 'There is no such stack'))];
  const facts = [['Status', status(stack.status)], ['Drift', stack.drift], ['Updated (UTC)', stack.updated], ['Description', stack.description]];
  return [
    breadcrumbs('CloudFormation', link(list, 'Stacks', { 'data-action': 'back-to-stacks' }), stack.name),
    heading(stack.name, null, window.opener
      ? h('button', { class: 'button', 'data-action': 'close-window', click: () => window.close() }, 'Close window')
      : h('button', { class: 'button', disabled: true }, 'Update')),
    h('div', { class: 'card facts' }, facts.map(([name, value]) => h('div', {}, h('small', {}, name), h('div', {}, value)))),
  ];
}

export async function connectPage(place) {
  const opener = window.opener;
  if (opener) {
    // The opener's answer proves the way back; only then may the window go.
    addEventListener('message', (event) => {
      if (event.origin === location.origin && event.data?.kind === 'answer') window.close();
    });
    opener.postMessage({ kind: 'hello', text: `connected to ${place.name}` }, location.origin);
  }
  return [
    breadcrumbs('EC2', link(address('/ec2/home', place.region, '#Instances:'), 'Instances'), 'Connect'),
    heading(`Connect to ${place.name}`, null),
    h('div', { class: `alert ${opener ? 'good' : 'bad'}` },
      h('b', {}, opener ? 'This window closes by itself' : 'This window has lost the one that opened it')),
  ];
}

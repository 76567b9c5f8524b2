// Console home: what was visited, what it costs, how it fares.
// It is not a service. It grows with a widget.

import { SERVICES, breadcrumbs } from './frame.js';
import { address, h, heading, link, load, svg } from './parts.js';

export async function homePage(place, session) {
  const overview = await load('/demo/api/overview', { region: place.region });
  return [
    breadcrumbs('Console Home'),
    heading('Console Home', null, h('a', { class: 'button', href: 'https://docs.aws.amazon.com/', target: '_blank', rel: 'noopener', 'data-action': 'foreign-docs' }, 'Documentation ↗')),
    h('div', { class: 'widgets' }, recent(place), resources(overview, place), costs(overview), health(overview, session)),
  ];
}

function widget(title, ...children) {
  return h('section', { class: 'card widget' }, h('h2', {}, title), ...children);
}

function recent(place) {
  const visited = JSON.parse(localStorage.getItem('recent') ?? '[]');
  const shown = [...visited, 's3', 'ec2', 'cloudformation'].filter((id, index, all) => all.indexOf(id) === index);
  const lines = shown.map((id) => SERVICES.find((service) => service.id === id)).filter(Boolean);
  return widget('Recently visited', h('ul', { class: 'recent' }, lines.map((service) => h('li', {},
    link(address(service.path, place.region, service.hash),
      [h('img', { src: `/demo/assets/${service.id}.svg`, alt: '', width: 28, height: 28 }),
        h('span', {}, h('b', {}, service.name), h('small', {}, service.about))],
      { class: 'service-line', 'data-action': `recent:${service.id}` })))));
}

function resources(overview, place) {
  const facts = [
    ['Running instances', overview.instances_running, '/ec2/home', '#Instances:'],
    ['Stacks', overview.stacks, '/cloudformation/home', '#/stacks'],
    ['Buckets', overview.buckets, '/s3/buckets', ''],
  ];
  return widget('Resources', h('div', { class: 'figures' }, facts.map(([name, count, path, hash]) => h('div', {},
    link(address(path, place.region, hash), String(count), { class: 'figure' }), h('small', {}, name)))),
  h('ul', { class: 'health' },
    h('li', {}, h('span', {}, 'Region'), h('b', {}, place.region)),
    h('li', {}, h('span', {}, 'Alarms'), h('span', { class: `status ${overview.open_issues > 0 ? 'bad' : 'good'}` }, overview.open_issues > 0 ? '1 in alarm' : 'All OK'))));
}

function costs(overview) {
  const months = ['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'];
  const highest = Math.max(...overview.costs, overview.forecast);
  const bars = overview.costs.flatMap((cost, index) => {
    const height = Math.round((cost / highest) * 84);
    const x = 8 + index * 46;
    return [
      svg('rect', { x, y: 92 - height, width: 30, height, rx: 3, class: index === 5 ? 'bar now' : 'bar' }),
      svg('text', { x: x + 15, y: 108, class: 'month' }, months[index]),
    ];
  });
  const money = (value) => `$${value.toLocaleString('en-US')}`;
  return widget('Cost and usage',
    h('div', { class: 'figures' },
      h('div', {}, h('span', { class: 'figure' }, money(overview.costs.at(-1))), h('small', {}, 'Current month')),
      h('div', {}, h('span', { class: 'figure' }, money(overview.forecast)), h('small', {}, 'Forecast'))),
    svg('svg', { viewBox: '0 0 284 112', class: 'chart', role: 'img', 'aria-label': 'Cost of the last six months' }, ...bars));
}

function health(overview, session) {
  const facts = [
    ['Open issues', overview.open_issues, overview.open_issues > 0 ? 'bad' : 'good', 'Past 7 days'],
    ['Scheduled changes', overview.scheduled_changes, overview.scheduled_changes > 0 ? 'busy' : 'good', 'Upcoming and past 7 days'],
    ['Other notifications', 0, 'good', 'Past 7 days'],
  ];
  return widget('Health', h('ul', { class: 'health' }, facts.map(([name, count, kind, when]) => h('li', {},
    h('span', { class: `status ${kind}` }, name), h('span', {}, h('b', {}, String(count)), h('small', {}, ` ${when}`))))),
  h('p', { class: 'quiet' }, `Signed in as ${session.user}`));
}

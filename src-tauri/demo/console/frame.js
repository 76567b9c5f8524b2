// What surrounds every page: top bar, the service's own menu, breadcrumbs and the footer.
// It is not a page. It grows with a service.

import { address, dashed, h, link } from './parts.js';

const REGIONS = [
  ['us-east-1', 'N. Virginia'], ['us-west-2', 'Oregon'], ['eu-central-1', 'Frankfurt'], ['eu-west-1', 'Ireland'],
  ['ap-northeast-1', 'Tokyo'], ['ap-southeast-2', 'Sydney'],
];

export const SERVICES = [
  { id: 'home', name: 'Console Home', path: '/console/home', hash: '', about: 'Your account at a glance' },
  { id: 's3', name: 'S3', path: '/s3/buckets', hash: '', about: 'Scalable storage in the cloud' },
  { id: 'ec2', name: 'EC2', path: '/ec2/home', hash: '#Instances:', about: 'Virtual servers in the cloud' },
  { id: 'cloudformation', name: 'CloudFormation', path: '/cloudformation/home', hash: '#/stacks', about: 'Resources from templates' },
];

const SIDE = {
  home: [['Console Home', true], ['My applications'], ['Health'], ['Cost and usage'], ['Settings']],
  s3: [['General purpose buckets', true], ['Directory buckets'], ['Access Points'], ['Batch Operations'], ['Storage Lens'], ['Access analyzer']],
  ec2: [['Instances', true], ['Instance Types'], ['Launch Templates'], ['AMIs'], ['Volumes'], ['Security Groups'], ['Load Balancers'], ['Auto Scaling Groups']],
  cloudformation: [['Stacks', true], ['StackSets'], ['Exports'], ['Infrastructure Composer'], ['Registry'], ['Drifts']],
};

/** Draws the frame for a service, region and page. */
export function drawFrame(session, place, changeRegion) {
  document.getElementById('top').replaceChildren(
    link(address('/console/home', place.region), [h('span', { class: 'brand-mark' }), 'demo cloud'], { class: 'brand', 'data-action': 'home' }),
    menu('services', 'Services', SERVICES.map((service) => serviceLine(service, place.region))),
    searchBox(place.region),
    h('span', { class: 'spring' }),
    regionSelector(place.region, changeRegion),
    menu('account', accountLabel(session), accountLines(session), 'account'));
  const service = SERVICES.find((known) => known.id === place.service);
  document.getElementById('side').replaceChildren(
    link(address(service.path, place.region, service.hash), service.name, { class: 'side-title' }),
    h('ul', {}, SIDE[place.service].map(([name, current]) => h('li', { class: current ? 'current' : null },
      current ? link(address(service.path, place.region, service.hash), name) : h('span', {}, name)))));
  document.getElementById('footer').replaceChildren(
    h('span', {}, 'Session ', h('b', { class: 'mono' }, session.session)),
    h('span', { class: 'mono arn' }, session.arn),
    h('span', { class: 'spring' }),
    h('span', {}, `ends ${session.ends.slice(0, 16).replace('T', ' ')} UTC`));
  const icon = document.querySelector('link[rel=icon]');
  if (!icon.href.endsWith(`/${place.service}.svg`)) icon.href = `/demo/assets/${place.service}.svg`;
}

/** Links that lead back up from a page. */
export function breadcrumbs(...steps) {
  return h('nav', { class: 'breadcrumbs', 'aria-label': 'Breadcrumbs' }, h('ol', {}, steps.map((step) => h('li', {}, step))));
}

function accountLabel(session) {
  return h('span', { class: 'who' }, h('span', {}, session.user), h('span', { class: 'at' }, ` @ ${dashed(session.account)}`));
}

function accountLines(session) {
  return [
    h('div', { class: 'menu-facts' },
      h('span', {}, 'Account ID'), h('b', { class: 'mono' }, dashed(session.account)),
      h('span', {}, 'Signed in as'), h('b', {}, session.user)),
    h('a', { class: 'button', href: '/console/logout', 'data-action': 'sign-out' }, 'Sign out'),
  ];
}

function serviceLine(service, region) {
  return link(address(service.path, region, service.hash),
    [h('img', { src: `/demo/assets/${service.id}.svg`, alt: '', width: 24, height: 24 }),
      h('span', {}, h('b', {}, service.name), h('small', {}, service.about))],
    { class: 'service-line', 'data-action': `service:${service.id}` });
}

function menu(action, label, lines, kind = '') {
  const details = h('details', { class: `menu ${kind}` },
    h('summary', { 'data-action': `${action}-menu` }, label),
    h('div', { class: 'menu-lines' }, lines));
  return details;
}

function searchBox(region) {
  const found = h('div', { class: 'search-found', hidden: true });
  const input = h('input', {
    type: 'search', placeholder: 'Search', 'aria-label': 'Search services', 'data-action': 'search', autocomplete: 'off',
    input: () => {
      const words = input.value.trim().toLowerCase();
      const matches = SERVICES.filter((service) => words !== '' && service.name.toLowerCase().includes(words));
      found.hidden = matches.length === 0;
      found.replaceChildren(...matches.map((service) => {
        const line = serviceLine(service, region);
        line.dataset.action = `found:${service.id}`;
        return line;
      }));
    },
  });
  return h('div', { class: 'search' }, input, found);
}

function regionSelector(region, changeRegion) {
  const known = REGIONS.some(([id]) => id === region) ? REGIONS : [[region, ''], ...REGIONS];
  const select = h('select', {
    'aria-label': 'Region', 'data-action': 'region', change: () => changeRegion(select.value),
  }, known.map(([id, name]) => h('option', { value: id, selected: id === region }, name === '' ? id : `${name}  ${id}`)));
  return select;
}

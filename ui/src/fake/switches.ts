/** Settings that are on or off. */
import type { LayoutView, Request, SwitchedSetting } from '../generated/view';

const WHERE = {
  'auto-renew': 'autoRenew',
  'lock-on-sleep': 'lockOnSleep',
  banner: 'banner',
  'takes-links': 'takesLinks',
} as const satisfies Record<SwitchedSetting, keyof LayoutView>;

export function switched({ setting, on }: Extract<Request, { ask: 'switch' }>): Partial<LayoutView> {
  return { [WHERE[setting]]: on };
}

// What a page lost on its way into another profile, in words. A new kind does not compile here without words.
import type { BusyView, LossView } from '../generated/view';
import { m } from './paraglide/messages';

export function lossWords(loss: LossView): string {
  switch (loss.loss) {
    case 'generated-id':
      return m.loss_generated_id({ id: loss.id });
    case 'unique-name':
      return m.loss_unique_name({ name: loss.name });
    case 'account':
      return m.loss_account();
    case 'region':
      return m.loss_region({ region: loss.wanted });
    case 'no-console':
      return m.loss_no_console();
  }
}

const BUSY: Record<BusyView, () => string> = {
  'unsaved-input': m.busy_unsaved_input,
  uploading: m.busy_uploading,
  playing: m.busy_playing,
  'live-connection': m.busy_live_connection,
  downloading: m.busy_downloading,
};

/** Why a page did not go to sleep. */
export function busyWords(busy: BusyView): string {
  return BUSY[busy]();
}

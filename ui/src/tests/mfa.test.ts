// The MFA code that a sign-in waits for: where it is asked for, how it is given, and what was wrong with the last one.
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LATE_CODE, USED_CODE, WRONG_CODE } from '../fake/sessions';
import { speak } from '../lib/locale.svelte';
import { deviceName, whyWords } from '../lib/mfa';
import { dragged, send } from './drag';
import { listen } from './heard';
import { openWindow, type Opened } from './window';

const KIM = 'arn:aws:iam::111122223333:mfa/kim';

afterEach(() => {
  vi.useRealTimers();
  speak('en');
});

describe('an MFA code that is asked for', () => {
  it('names profile, mark and device, takes the keyboard, and is told aloud', async () => {
    const heard = listen();
    const { one, input, user } = await openWindow({ tabs: ['live'], mfa: 'first' });
    expect(one('mfa').textContent).toContain('acme production needs a code from kim');
    expect(one('mfa').textContent).toContain('PROD');
    expect(one('mfa').textContent).toContain('and 1 more');
    expect(document.activeElement).toBe(input('mfaCode'));
    expect([input('mfaCode').inputMode, input('mfaCode').autocomplete]).toEqual(['numeric', 'one-time-code']);
    await user.click(one('cancel-mfa'));
    expect(heard().join()).toContain('acme staging needs a code from kim-spare');
  });

  it('stands in the window’s own column, above the drawer', async () => {
    const { one } = await openWindow({ tabs: ['live'], drawer: 'find', mfa: 'first' });
    expect(one('mfa').parentElement).toBe(document.querySelector('main'));
    const order = one('mfa').compareDocumentPosition(one('drawer'));
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it.each(['123 456', '１２３４５６', ' 123456\n'])(
    'is sent as six digits, however it came (%s)',
    async (pasted) => {
      const { user, input, one, all, asked } = await openWindow({ mfa: 'first' });
      expect((one('give-code') as HTMLButtonElement).disabled).toBe(true);
      await user.click(input('mfaCode'));
      await user.paste(pasted);
      await user.keyboard('{Enter}');
      expect(asked('give-mfa-code')).toEqual([{ ask: 'give-mfa-code', device: KIM, code: '123456' }]);
      expect(all('mfa')).toHaveLength(1);
      expect(one('mfa').textContent).toContain('acme staging');
    },
  );

  it('is not sent with fewer or more digits', async () => {
    const { user, one, asked } = await openWindow({ mfa: 'first' });
    await user.keyboard('12345{Enter}');
    expect((one('give-code') as HTMLButtonElement).disabled).toBe(true);
    await user.keyboard('67{Enter}');
    expect((one('give-code') as HTMLButtonElement).disabled).toBe(true);
    expect(asked('give-mfa-code')).toHaveLength(0);
  });

  it('that AWS does not accept is said, and the field is empty for the next one', async () => {
    const heard = listen();
    const { user, one, input } = await openWindow({ mfa: 'first' });
    heard();
    await user.keyboard(`${WRONG_CODE}{Enter}`);
    await tick();
    expect(one('mfa').dataset.why).toBe('wrong');
    expect(one('mfa').textContent).toContain('AWS did not accept this code.');
    expect(heard().join()).toContain('AWS did not accept this code.');
    expect(input('mfaCode').value).toBe('');
    expect(document.activeElement).toBe(input('mfaCode'));
  });

  it('that was used before waits for the next one, second by second, and says it once', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const heard = listen();
    const { user, one } = await openWindow({ mfa: 'first' });
    await user.keyboard(`${USED_CODE}{Enter}`);
    expect(one('mfa').textContent).toMatch(/This code was used before. The next one comes in 1[678] s\./);
    await user.keyboard('123456');
    expect((one('give-code') as HTMLButtonElement).disabled).toBe(true);
    heard();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(one('mfa').textContent).toMatch(/comes in [678] s\./);
    expect(heard()).toEqual([]);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(one('mfa').textContent).toContain('This code was used before. Enter the one');
    expect((one('give-code') as HTMLButtonElement).disabled).toBe(false);
  });

  it('that came too late is asked for anew at once, or when its device has the next one', async () => {
    const { user, one, backend } = await openWindow({ mfa: 'first' });
    await user.keyboard(`${LATE_CODE}{Enter}`);
    const words = "The code's time was over before AWS saw it.";
    expect(one('mfa').textContent).toContain(`${words} Enter the one that the device shows now.`);
    const [ask] = backend.view.mfa;
    if (!ask) throw new Error('nothing is asked for');
    const at = (waitUntil: number): string => whyWords({ ...ask, waitUntil }, 50_000);
    expect(at(49_000)).toBe(`${words} Enter the one that the device shows now.`);
    expect(at(62_000)).toBe(`${words} The next one comes in 12 s.`);
    speak('ja');
    const japanese = 'AWS に届く前に、このコードの有効期限が切れました。';
    expect(at(49_000)).toBe(`${japanese} デバイスに今表示されているコードを入力してください。`);
    expect(at(62_000)).toBe(`${japanese} 次のコードまで 12 秒。`);
  });

  it('for a role that allows shorter sessions only must be the next one, not what the device shows', async () => {
    const { one } = await openWindow({ mfa: 'shorter' });
    const words = "The role allows shorter sessions only. Type the device's next code.";
    expect(one('mfa').querySelector('#mfa-why')?.textContent.trim()).toBe(words);
  });

  it('is given up by Escape, which closes nothing else, and the keyboard goes back', async () => {
    const { user, one, all, asked, backend } = await openWindow({ drawer: 'find', tabs: ['live'] });
    expect(document.activeElement).toBe(one('find-field'));
    backend.change({
      mfa: [
        {
          device: KIM,
          profileName: 'acme production',
          mark: { word: 'PROD', colour: 'red', shape: 'octagon' },
          why: 'first',
          waitUntil: null,
        },
      ],
    });
    await tick();
    await user.keyboard('{Escape}');
    expect(asked('cancel-mfa')).toEqual([{ ask: 'cancel-mfa', device: KIM }]);
    expect(asked('hide-drawer')).toHaveLength(0);
    expect(all('mfa')).toHaveLength(0);
    expect(document.activeElement).toBe(one('find-field'));
  });
});

describe('the seed of a device', () => {
  it('is kept only when it is given, after what that means was said, and stays nowhere in the window', async () => {
    const { user, one, input, asked } = await openWindow({ mfa: 'first' });
    await user.click(one('mfa-seed').querySelector('summary') as Element);
    expect(one('mfa-seed').textContent).toContain('into your system');
    expect(input('totpSeed').type).toBe('password');
    await user.type(input('totpSeed'), 'nonsense');
    await user.click(one('keep-seed'));
    expect(one('problem-totpSeed').textContent).toContain('otpauth://');
    expect(input('totpSeed').value).toBe('');
    const seed = 'otpauth://totp/kim?secret=NOTAREALSEED2345';
    await user.type(input('totpSeed'), seed);
    await user.click(one('keep-seed'));
    expect(asked('keep-totp-seed').at(-1)).toEqual({ ask: 'keep-totp-seed', device: KIM, seed });
    await tick();
    expect(document.body.innerHTML).not.toContain('NOTAREALSEED');
    expect(one('mfa').textContent).toContain('acme staging needs a code from kim-spare');
    expect(input('totpSeed').value).toBe('');
  });
});

describe('a picture of a seed', () => {
  const BYTES = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const PNG = 'iVBORw0KGgo=';

  function picture(bytes: number[] | Uint8Array<ArrayBuffer> = BYTES, type = 'image/png'): File {
    return new File([Uint8Array.from(bytes)], 'code.png', { type });
  }

  async function openSeed(language: 'en' | 'ja' = 'en'): Promise<Opened> {
    const opened = await openWindow({ mfa: 'first', language });
    await opened.user.click(opened.one('mfa-seed').querySelector('summary') as Element);
    return opened;
  }

  function clipboard(file: File, text = ''): DataTransfer {
    return { files: [file], items: [], types: [], getData: () => text } as unknown as DataTransfer;
  }

  it('is chosen as a file, goes to Rust as it is, and stays nowhere in the window', async () => {
    const { user, one, input, asked } = await openSeed();
    const field = input('totpPicture');
    expect([field.type, field.accept, field.tabIndex]).toEqual(['file', 'image/png,image/jpeg', 0]);
    expect(field.labels?.[0]?.textContent.trim()).toBe('From a QR picture…');
    await user.upload(field, picture());
    await vi.waitFor(() => expect(one('mfa').textContent).toContain('a code from kim-spare'));
    expect(asked('keep-totp-picture')).toEqual([{ ask: 'keep-totp-picture', device: KIM, picture: PNG }]);
    expect(document.body.innerHTML).not.toContain(PNG);
    expect(field.value).toBe('');
  });

  it('is pasted into the field, but for one that a text came with', async () => {
    const { user, input, asked } = await openSeed();
    await user.click(input('totpSeed'));
    await user.paste(clipboard(picture(), 'NOTAREALSEED2345'));
    expect(input('totpSeed').value).toBe('NOTAREALSEED2345');
    await user.paste(clipboard(picture()));
    await vi.waitFor(() => expect(asked('keep-totp-picture').map((each) => each.picture)).toEqual([PNG]));
  });

  it('is dropped onto the form, which tells that it takes files alone', async () => {
    const { one, input, asked } = await openSeed();
    const form = input('totpSeed').form as HTMLFormElement;
    const file = dragged({ Files: '' }, [picture()]);
    expect(await send('dragover', form, file)).toBe(false);
    expect(file.dropEffect).toBe('copy');
    expect(form.classList).toContain('over');
    const text = dragged({ 'text/plain': 'two words' });
    await send('dragover', form, text);
    expect(text.dropEffect).toBe('none');
    expect(form.classList).not.toContain('over');
    expect(await send('drop', form, file)).toBe(false);
    await vi.waitFor(() => expect(one('mfa').textContent).toContain('a code from kim-spare'));
    expect(asked('keep-totp-picture').map((each) => each.picture)).toEqual([PNG]);
  });

  it.each([
    ['en', 'No QR code of an MFA device was found in the picture.'],
    ['ja', '画像に MFA デバイスの QR コードが見つかりません。'],
  ] as const)('without a code in it is told so, and a mistyped seed is not (%s)', async (language, words) => {
    const { user, all, one, input } = await openSeed(language);
    await user.upload(input('totpPicture'), picture([1, 2, 3]));
    await vi.waitFor(() => expect(one('problem-totpSeed').textContent).toContain(words));
    expect(input('totpSeed').ariaInvalid).not.toBe('true');
    await user.type(input('totpSeed'), 'nonsense{Enter}');
    expect(one('problem-totpSeed').textContent).toContain('otpauth://');
    expect(all('mfa')).toHaveLength(1);
  });

  it.each([
    ['en', 'larger than 10 MB'],
    ['ja', '10 MB を超えています'],
  ] as const)('that is too large is refused unread (%s)', async (language, words) => {
    const read = vi.spyOn(FileReader.prototype, 'readAsDataURL');
    const { user, one, input, asked } = await openSeed(language);
    await user.upload(input('totpPicture'), picture(new Uint8Array(10_000_001)));
    expect(one('problem-totpSeed').textContent).toContain(words);
    expect(read).not.toHaveBeenCalled();
    expect(asked('keep-totp-picture')).toEqual([]);
  });
});

describe('a device', () => {
  it('is called by its own name, or by its number', () => {
    expect(deviceName(KIM)).toBe('kim');
    expect(deviceName('arn:aws:iam::111122223333:mfa/team/kim')).toBe('team/kim');
    expect(deviceName('GAHT12345678')).toBe('GAHT12345678');
  });
});

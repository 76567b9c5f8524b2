// Files as they are chosen, pasted or dropped: which one is meant, and its bytes for Rust.
// Not what is in it.

export const MOST_MEGABYTES = 10;

export function isTooLarge({ size }: File): boolean {
  return size > MOST_MEGABYTES * 1_000_000;
}

/** A spreadsheet copies a picture beside its text, which is then what is meant. */
export function pastedPicture(data: DataTransfer | null): File | null {
  if (!data || data.getData('text/plain') !== '') return null;
  return [...data.files].find(({ type }) => type.startsWith('image/')) ?? null;
}

/** Nothing of what cannot be read, such as a folder. */
export function base64Of(file: File): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onloadend = () => resolve(String(reader.result ?? '').split(',')[1] ?? '');
    reader.readAsDataURL(file);
  });
}

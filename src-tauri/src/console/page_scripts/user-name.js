// Fills the user's name into the account's own sign-in page, where the field is empty; nothing is sent.
((name) => {
  const field = document.querySelector('input#username, input[name="username"]');
  if (!(field instanceof HTMLInputElement) || field.value !== '') return;
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
})

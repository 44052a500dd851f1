/** Puts text on the clipboard. Plain http has no clipboard interface; there the old way by a selection still works. */
export const copyText = async (text: string, near: Element): Promise<boolean> => {
  try {
    // Undefined in an insecure context, whatever its type says.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: try the old way.
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "vh";
  // Inside the dialog: everything outside of an open modal one is inert and cannot be selected.
  near.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
};

/** Whether there is a mouse, and with it most likely a keyboard. */
export const fine = (): boolean => matchMedia("(pointer: fine)").matches;

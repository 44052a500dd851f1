/** Whether this keyboard most likely has a command key, and names the others as Apple does. */
export const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

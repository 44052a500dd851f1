/** Whether this system draws a text as a picture with colours of its own: then it does not matter in which one writes. */
export const inColour = (text: string): boolean => {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return true;
  context.textBaseline = "top";
  context.font = "100px sans-serif";
  // All of it on one pixel.
  context.scale(0.01, 0.01);
  const [light, dark] = ["#fff", "#000"].map((colour) => {
    context.clearRect(0, 0, 100, 100);
    context.fillStyle = colour;
    context.fillText(text, 0, 0);
    return context.getImageData(0, 0, 1, 1).data.join();
  });
  return light === dark && light !== "0,0,0,0";
};

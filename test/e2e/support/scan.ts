import jsQR from 'jsqr';
import type { Page } from 'playwright/test';

// The package is CommonJS: its one function arrives as the default export or inside of it, as the loader likes.
const decode = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR;

/** Reads the QR code that stands on a screen, as a phone's camera would: from its pixels. */
export async function scanCode(page: Page): Promise<string> {
  const image = page.getByRole('img', { name: 'Code to scan with the phone’s camera' });
  await image.waitFor();
  const pixels = await image.evaluate((element) => {
    const size = 600;
    const canvas = document.createElement('canvas');
    canvas.width = size;
    canvas.height = size;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser draws nothing.');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size, size);
    context.drawImage(element as HTMLImageElement, 20, 20, size - 40, size - 40);
    return { size, data: [...context.getImageData(0, 0, size, size).data] };
  });
  const found = decode(new Uint8ClampedArray(pixels.data), pixels.size, pixels.size);
  if (found === null) throw new Error('The code on the screen can’t be read.');
  return found.data;
}

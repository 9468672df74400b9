// The product's clock on the phone: measured at every contact with the server, so that a phone set to last week still
// writes today's date. How far the phone itself is off is the server's to say (docs/sinkron.md).
import { ambil, taruh } from "./gudang.js";

let selisih = 0;

export async function muatJam() {
  const tahu = await ambil("perangkat", "jam").catch(() => null);
  if (tahu) selisih = tahu.selisih;
}

export async function setelJam(iso) {
  const server = Date.parse(iso);
  if (Number.isNaN(server)) return;
  selisih = server - Date.now();
  await taruh("perangkat", { selisih }, "jam").catch(() => null);
}

// Today in Asia/Jakarta, "YYYY-MM-DD".
export const hariIni = () => hariDari(Date.now());

// A moment of the phone's clock as the product's day.
export const hariDari = (ms) => new Date(ms + selisih + 7 * 3600000).toISOString().slice(0, 10);

export const catatJamHp = () => new Date().toISOString();

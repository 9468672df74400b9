// The product's clock on the phone: measured at every contact with the server, so that a phone set to last week still
// writes today's date. How far the phone itself is off is the server's to say (docs/sinkron.md).
import { ambil, taruh } from "./gudang.js";

let selisih = 0;
let terakhir = 0; // the product's time at the last contact: it is never earlier than that

export async function muatJam() {
  const tahu = await ambil("perangkat", "jam").catch(() => null);
  if (tahu) ({ selisih, terakhir } = tahu);
}

export async function setelJam(iso) {
  const server = Date.parse(iso);
  if (Number.isNaN(server)) return;
  selisih = server - Date.now();
  terakhir = server;
  await taruh("perangkat", { selisih, terakhir }, "jam").catch(() => null);
}

// Today in Asia/Jakarta, "YYYY-MM-DD".
export const hariIni = () => hari(Math.max(Date.now() + selisih, terakhir));

// A moment of the phone's clock as the product's day.
const hari = (ms) => new Date(ms + 7 * 3600000).toISOString().slice(0, 10);
export const hariDari = (ms) => hari(ms + selisih);

export const catatJamHp = () => new Date().toISOString();

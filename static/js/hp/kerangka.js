// Keeps the empty forms for use without signal: her choices and her desa, no acceptor's data. The worker serves them.
import { ambil, taruh } from "./gudang.js";

const FORMULIR = ["/akseptor/baru/", "/kegiatan/baru/"];
const SELANG = 10 * 60000;

export const namaCache = (kader) => `poskb-kerangka-${kader}`;

async function simpanSatu(kader, alamat) {
  const jawaban = await fetch(`${alamat}?kerangka=1`, { credentials: "same-origin", cache: "no-cache" });
  // A sign-in page or an error is no form, and neither is another kader's.
  if (!jawaban.ok || jawaban.redirected) return false;
  if (!(await jawaban.clone().text()).includes(`data-kader="${kader}"`)) return false;
  await (await caches.open(namaCache(kader))).put(alamat, jawaban);
  return true;
}

export async function segarkanKerangka(kader, { paksa = false } = {}) {
  if (!self.caches || !kader) return;
  const terakhir = (await ambil("perangkat", `kerangka:${kader}`)) || 0;
  if (!paksa && Math.abs(Date.now() - terakhir) < SELANG) return;
  const hasil = await Promise.all(FORMULIR.map((a) => simpanSatu(kader, a).catch(() => false)));
  if (hasil.every(Boolean)) await taruh("perangkat", Date.now(), `kerangka:${kader}`);
}

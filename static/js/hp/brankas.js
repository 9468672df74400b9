// Whose outbox it is, and the key to it. docs/luring.md says what this protects against and what not.
//
// One random data key per kader and phone. It lies here wrapped twice: by her password (opens without signal) and by a
// key that the server gives only to her session (opens after a new password). While she is signed in, an open handle
// that no script can export lies beside it; signing out, an ended session or another person's sign-in takes it away.
import { ambil, gudang, hapus, kabarkan, taruh } from "./gudang.js";

const ITERASI = 600000; // PBKDF2-SHA256, as OWASP advises
const teks = new TextEncoder();
let terbuka = null; // {kader, kunci} of this page

export const bisaMenyandi = () => Boolean(self.crypto && self.crypto.subtle && self.indexedDB);

async function kunciSandi(sandi, garam) {
  const bahan = await crypto.subtle.importKey("raw", teks.encode(sandi), "PBKDF2", false, ["deriveKey"]);
  const cara = { name: "PBKDF2", hash: "SHA-256", salt: garam, iterations: ITERASI };
  return crypto.subtle.deriveKey(cara, bahan, { name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const kunciServer = (mentah) => crypto.subtle.importKey("raw", mentah, "AES-KW", false, ["wrapKey", "unwrapKey"]);
const bungkus = (kunci, pembungkus) => crypto.subtle.wrapKey("raw", kunci, pembungkus, "AES-KW");
const bukaBungkus = (isi, pembungkus, bisaDibungkus = false) =>
  crypto.subtle.unwrapKey("raw", isi, pembungkus, "AES-KW", { name: "AES-GCM" }, bisaDibungkus, ["encrypt", "decrypt"]);

// As the server reads it (kader/models/pengguna.py): a phone number also as +62 or with spaces.
function rapikanNama(nama) {
  const polos = nama.trim().toLowerCase();
  if (!/^\+?\d[\d .()-]{7,}$/.test(polos)) return polos;
  const angka = polos.replace(/\D/g, "");
  return angka.startsWith("62") ? `0${angka.slice(2)}` : angka;
}

async function sidikNama(nama) {
  const isi = await crypto.subtle.digest("SHA-256", teks.encode(`poskb:${rapikanNama(nama)}`));
  return Array.from(new Uint8Array(isi), (b) => b.toString(16).padStart(2, "0")).join("");
}

async function cariNama(sidik) {
  return (await (await gudang()).getAll("brankas")).find((b) => b.nama === sidik);
}

// On the sign-in page: derive what her password opens, to be tried when the server has let her in.
export async function siapkanSandi(nama, sandi) {
  const sidik = await sidikNama(nama);
  const ada = await cariNama(sidik);
  const garam = (ada && ada.garam) || crypto.getRandomValues(new Uint8Array(16));
  await taruh("perangkat", { nama: sidik, garam, kunci: await kunciSandi(sandi, garam) }, "calon");
}

async function dariServer() {
  const jawaban = await fetch("/hp/kunci.json", {
    credentials: "same-origin",
    headers: { Accept: "application/json" },
  });
  if (!jawaban.ok) throw new Error("kunci");
  const { kunci, lama = [] } = await jawaban.json();
  return Promise.all([kunci, ...lama].map((satu) => kunciServer(Uint8Array.from(atob(satu), (c) => c.charCodeAt(0)))));
}

// The server's keys, newest first: whichever closed this phone opens it.
async function bukaDenganServer(isi, server) {
  for (const satu of server) {
    const kunci = await bukaBungkus(isi, satu, true).catch(() => null);
    if (kunci) return kunci;
  }
  throw new Error("kunci");
}

async function buatBaru(kader, calon, cap) {
  const kunci = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const [server] = await dariServer();
  const baru = { kader, cap, bungkusServer: await bungkus(kunci, server) };
  if (calon)
    Object.assign(baru, { nama: calon.nama, garam: calon.garam, bungkusSandi: await bungkus(kunci, calon.kunci) });
  baru.pegangan = await bukaBungkus(baru.bungkusServer, server);
  return baru;
}

// A password that opens stays; one that was changed on the server wraps the key anew. `cap` names the server's newest
// key: a phone that was closed with an older one goes over to it, by whichever of the two still opens.
async function perbarui(ada, calon, cap) {
  const dariSandi =
    calon && ada.bungkusSandi ? await bukaBungkus(ada.bungkusSandi, calon.kunci, true).catch(() => null) : null;
  let terbuka = ada.pegangan && !calon ? ada : null;
  if (dariSandi) terbuka = { ...ada, pegangan: await bukaBungkus(ada.bungkusSandi, calon.kunci) };
  if (terbuka && (!cap || ada.cap === cap)) return terbuka;
  try {
    const server = await dariServer();
    const kunci = dariSandi || (await bukaDenganServer(ada.bungkusServer, server));
    const bungkusServer = await bungkus(kunci, server[0]);
    const sandi = calon && { nama: calon.nama, garam: calon.garam, bungkusSandi: await bungkus(kunci, calon.kunci) };
    return { ...ada, ...sandi, cap, bungkusServer, pegangan: await bukaBungkus(bungkusServer, server[0]) };
  } catch (galat) {
    if (terbuka) return terbuka;
    throw galat;
  }
}

const sendiri = (kerja) => (navigator.locks ? navigator.locks.request("poskb-brankas", kerja) : kerja());

// A page of a signed-in kader: open her own, close everybody else's. Rejects when it cannot be opened now. One page at a
// time: two that both made a key would leave what one of them wrote unreadable.
export const sambut = (kader, nama, cap) => sendiri(() => buka(kader, nama, cap));

async function buka(kader, nama, cap) {
  const lain = (await (await gudang()).getAll("brankas")).filter((b) => b.kader !== kader && b.pegangan);
  for (const b of lain) await taruh("brankas", { ...b, pegangan: undefined });
  // What was typed on the sign-in page opens this one only when it is hers.
  const diketik = await ambil("perangkat", "calon");
  const calon = diketik && diketik.nama === (await sidikNama(nama)) ? diketik : null;
  const ada = await ambil("brankas", kader);
  const sesudah = ada ? await perbarui(ada, calon, cap) : await buatBaru(kader, calon, cap);
  if (!ada || sesudah !== ada) await taruh("brankas", sesudah);
  if (diketik) await hapus("perangkat", "calon");
  if ((await ambil("perangkat", "aktif")) !== kader) await taruh("perangkat", kader, "aktif");
  terbuka = { kader, kunci: sesudah.pegangan };
  return kader;
}

// Without signal: whoever was signed in here last and has not been closed. Null when locked.
export async function lanjutkanSesi() {
  const kader = await ambil("perangkat", "aktif");
  const ada = kader && (await ambil("brankas", kader));
  if (!ada || !ada.pegangan) return null;
  terbuka = { kader, kunci: ada.pegangan };
  return kader;
}

// Without signal, by name and password. Null when they do not fit.
export async function bukaDenganSandi(nama, sandi) {
  const ada = await cariNama(await sidikNama(nama));
  if (!ada || !ada.bungkusSandi) return null;
  const kunci = await kunciSandi(sandi, ada.garam);
  const pegangan = await bukaBungkus(ada.bungkusSandi, kunci).catch(() => null);
  if (!pegangan) return null;
  await taruh("brankas", { ...ada, pegangan });
  await taruh("perangkat", ada.kader, "aktif");
  terbuka = { kader: ada.kader, kunci: pegangan };
  return ada.kader;
}

// By what was typed on the sign-in page just now, though the server let her in no more. Null when it does not fit.
export async function bukaDenganCalon() {
  const calon = await ambil("perangkat", "calon");
  const ada = calon && (await cariNama(calon.nama));
  const kunci = ada && ada.bungkusSandi && (await bukaBungkus(ada.bungkusSandi, calon.kunci).catch(() => null));
  if (!kunci) return null;
  terbuka = { kader: ada.kader, kunci };
  return ada.kader;
}

// Signed out: nobody reads on until she is back.
export async function tutup() {
  for (const b of await (await gudang()).getAll("brankas")) {
    if (b.pegangan) await taruh("brankas", { ...b, pegangan: undefined });
  }
  await hapus("perangkat", "aktif");
  await hapus("perangkat", "calon");
  terbuka = null;
  kabarkan("tutup");
}

// Her session ended on the server: closed for every page that is opened from now on. This page, which shows what she
// is typing, can still put it in her outbox.
export async function akhiriSesi() {
  const kader = pemilik();
  const ada = kader && (await ambil("brankas", kader));
  if (ada && ada.pegangan) await taruh("brankas", { ...ada, pegangan: undefined });
  if ((await ambil("perangkat", "aktif")) === kader) await hapus("perangkat", "aktif");
}

export const sesiBerakhir = async () => Boolean(pemilik()) && (await ambil("perangkat", "aktif")) !== pemilik();

export const pemilik = () => terbuka && terbuka.kader;

// `untuk` binds the ciphertext to its owner and place: moved elsewhere it does not open.
export async function kunci(isi, untuk) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const cara = { name: "AES-GCM", iv, additionalData: teks.encode(`${terbuka.kader}:${untuk}`) };
  return { iv, isi: await crypto.subtle.encrypt(cara, terbuka.kunci, teks.encode(JSON.stringify(isi))) };
}

// Tells one ciphertext from every other: each is made under a number of its own. Empty for nothing.
export const cap = (mentah) => (mentah ? Array.from(new Uint8Array(mentah.iv.buffer || mentah.iv)).join(".") : "");

export async function baca({ iv, isi }, untuk) {
  const cara = { name: "AES-GCM", iv, additionalData: teks.encode(`${terbuka.kader}:${untuk}`) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(cara, terbuka.kunci, isi)));
}

// The one service worker of the site. Keeps the shell (no person's data), answers pages without signal, sends the outbox.
// `self.POSKB` is written in front by the server (kader/views/luring.py): {simpan: [{url, revision}], nanti: [url]}.
import { setCacheNameDetails } from "workbox-core";
import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import { lanjutkanSesi } from "./hp/brankas.js";
import { ambil } from "./hp/gudang.js";
import { namaCache, segarkanKerangka } from "./hp/kerangka.js";
import { kirim } from "./hp/kirim.js";

const SABAR_MS = 8000;
const FORMULIR = /^\/(akseptor|kegiatan)\/(baru\/|catatan\/[0-9a-f-]{36}\/ubah\/|[0-9a-f-]{36}\/ubah\/)$/;
const BARU = /^\/(akseptor|kegiatan)\/baru\/$/;

setCacheNameDetails({ prefix: "poskb" });
const simpanan = new PrecacheController();
simpanan.addToCacheList(self.POSKB.simpan);

// Of use on one page: fetched when anything but the form of an acceptor is opened, whose first visit has a budget.
const NANTI = "poskb-nanti";

async function simpanNanti() {
  const tempat = await caches.open(NANTI);
  for (const url of self.POSKB.nanti) if (!(await tempat.match(url))) await tempat.add(url);
}

const aktif = () => ambil("perangkat", "aktif").catch(() => null);

// A new version brings new forms; at the first visit, when no worker was here before, the page itself keeps them.
async function perbaruiKerangka() {
  if (!self.registration.active) return;
  const kader = await aktif();
  if (!kader || !(await caches.has(namaCache(kader)))) return;
  await segarkanKerangka(kader, { paksa: true });
  await caches.delete(NANTI);
  await simpanNanti();
}

async function ambilAlih() {
  await self.clients.claim();
  const halaman = await self.clients.matchAll({ type: "window" });
  if (halaman.some((h) => !h.url.includes("/akseptor/baru/"))) await simpanNanti().catch(() => null);
}

// Complete before it takes over: workbox puts every file in place here, and takes what is old away only on activation.
self.addEventListener("install", (acara) => {
  acara.waitUntil(
    simpanan
      .install(acara)
      .then(() => perbaruiKerangka().catch(() => null))
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener("activate", (acara) => {
  acara.waitUntil(simpanan.activate(acara).then(ambilAlih));
});

async function kerangka(jalur) {
  const kader = await aktif();
  if (!kader) return undefined;
  const formulir = jalur.startsWith("/kegiatan/") ? "/kegiatan/baru/" : "/akseptor/baru/";
  return (await caches.open(namaCache(kader))).match(formulir);
}

function denganBatas(janji, ms) {
  return new Promise((selesai, gagal) => {
    setTimeout(() => gagal(new Error("lama")), ms);
    janji.then(selesai, gagal);
  });
}

const luring = () => simpanan.matchPrecache("/luring/");

async function halaman(acara, jalur) {
  // Opened a hundred times a month, the same for weeks: from the phone at once, refreshed behind by the page.
  const kosong = BARU.test(jalur) && (await kerangka(jalur));
  if (kosong) return kosong;
  const kader = await aktif();
  try {
    const jawaban = fetch(acara.request);
    return await (kader ? denganBatas(jawaban, SABAR_MS) : jawaban);
  } catch (galat) {
    return (FORMULIR.test(jalur) && (await kerangka(jalur))) || (await luring()) || Response.error();
  }
}

// A page kept from the version before asks for its own files: the same file of this version serves it.
async function berkas(permintaan) {
  const tepat = await caches.match(permintaan.url);
  if (tepat) return tepat;
  const jawaban = await fetch(permintaan).catch(() => null);
  if (jawaban && jawaban.ok) return jawaban;
  const polos = (url) => new URL(url, self.location).pathname.replace(/\.[0-9a-f]{12}\./, ".");
  const semua = [...simpanan.getCachedURLs(), ...self.POSKB.nanti];
  const sama = semua.find((url) => polos(url) === polos(permintaan.url));
  return (sama && (await caches.match(sama))) || jawaban || Response.error();
}

self.addEventListener("fetch", (acara) => {
  const alamat = new URL(acara.request.url);
  if (alamat.origin !== self.location.origin) return;
  if (acara.request.mode === "navigate") {
    // A form that was posted stays the browser's: its own page of failure can send it again with everything typed.
    if (acara.request.method !== "GET") return;
    acara.respondWith(halaman(acara, alamat.pathname));
    acara.waitUntil(simpanNanti().catch(() => null));
  } else if (acara.request.method === "GET" && alamat.pathname.startsWith("/static/")) {
    acara.respondWith(berkas(acara.request));
  }
});

// Fails when nothing came through, so that the browser tries again later.
async function kirimDiBelakang() {
  if (!(await lanjutkanSesi())) return;
  const { status } = await kirim();
  if (status === 0 || status >= 500) throw new Error("belum terkirim");
}

self.addEventListener("sync", (acara) => {
  if (acara.tag === "poskb-kirim") acara.waitUntil(kirimDiBelakang());
});
